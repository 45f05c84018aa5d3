/** The worker's 14 functions of 2026-02-16 and what triggers each. */
export const functions: Readonly<Record<string, readonly string[]>> = {
  'video-download': ['pipeline/video.requested'],
  'transcript-process': ['pipeline/transcript.requested'],
  'content-summarize': ['content/summarize.requested'],
  'system-logger': ['pipeline/video.downloaded', 'content/summarized', 'system/log.written'],
  'observe-session': ['memory/session.compaction.pending', 'memory/session.ended'],
  'content-sync': ['content/updated', 'discovery/captured', 'system/adr.sync.requested'],
  'discovery-capture': ['discovery/noted'],
  'agent-loop-plan': ['agent/loop.started', 'agent/loop.story.passed', 'agent/loop.story.failed'],
  'agent-loop-test-writer': ['agent/loop.story.dispatched'],
  'agent-loop-implement': ['agent/loop.tests.written', 'agent/loop.story.retried'],
  'agent-loop-review': ['agent/loop.code.committed'],
  'agent-loop-judge': ['agent/loop.checks.completed'],
  'agent-loop-complete': ['agent/loop.completed'],
  'agent-loop-retro': ['agent/loop.completed'],
};

/** The one that is started by the clock too, and how. */
export const cronOf: Readonly<Record<string, string>> = { 'content-sync': '0 * * * *' };

/** Their names, in the worker's order. */
export const functionNames: readonly string[] = Object.keys(functions);
