import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { NodeReport } from '../../model/report.ts';
import { bytesText } from '../../outputs/units.ts';
import { auditedLines } from '../audited.ts';
import type { Known } from '../known.ts';
import { sinceWords } from '../lasting.ts';
import { hanging, type Line, lineOf, padded, type Segment, seg } from '../line.ts';
import { ratioOf, secondsInSteps } from '../sizes.ts';
import { glyphOf, stateWords, toneOf } from '../state-marks.ts';
import { latencyInSteps } from '../times.ts';
import { brokenLayer, checkLines, layer } from './check-lines.ts';
import { barSegments } from './columns.ts';
import type { Detail, DetailFrame } from './contract.ts';
import { transitionLines } from './transition-lines.ts';

/** A host: the machine, its memory and disks, what runs on it, what changed lately. */
export function nodeDetail(known: Known, report: NodeReport, frame: DetailFrame): Detail {
  const host = known.network.inventory.hosts.find(({ name }) => name === report.name);
  const ssh = host?.ssh;
  const way = ssh
    ? `ssh ${ssh.user === null ? '' : `${ssh.user}@`}${ssh.host}:${ssh.port}`
    : 'local';
  const described = report.description === '' ? '' : ` · ${report.description}`;
  const also = report.checks.map(({ id }) => id);
  const measured = isJsonObject(report.facts['memory']);
  return {
    title: [seg(report.name, 'strong'), seg(` · ${way}${described}`)],
    aside: asideOf(known, report),
    head: auditedLines(known, report.name, frame.times),
    lines: [
      ...(measured ? machineLines(report, frame) : []),
      ...checkLines(measured ? report.checks.slice(1) : report.checks, frame),
      ...serviceLines(known, report.name),
      ...auditedLines(known, report.name, frame.times),
      ...transitionLines(known, { prefix: `${report.name}/host`, also, times: frame.times }),
    ],
  };
}

/** A host that is well itself can still be in trouble by what is critical on it, or by its tailnet. */
function asideOf({ report }: Known, node: NodeReport): readonly Segment[] {
  const own = brokenLayer({ ...node, checks: node.checks.slice(0, 1) });
  if (own.length > 0 || node.state === 'up') return own;
  const service = report.services.find(
    ({ host, critical, state }) =>
      host === node.name && critical && (state === 'down' || state === 'degraded'),
  );
  return service ? layer(service.name, service.state) : brokenLayer(node);
}

/** Of a host that was looked into, figures say more than its check's bare facts. */
function machineLines(report: NodeReport, { times }: DetailFrame): readonly Line[] {
  const { facts, state, streak, checks } = report;
  const { os, model, cpus, load1, uptimeSeconds } = facts;
  const words = [model, os].filter((text) => typeof text === 'string' && text !== '');
  const running = `up ${secondsInSteps(uptimeSeconds)}`;
  const latency = latencyInSteps(checks[0]?.latencyMs ?? null);
  return [
    lineOf(
      ' ',
      seg(`${glyphOf(state)} ${stateWords(state, streak)}`, toneOf(state)),
      ` ${sinceWords(report, times)} · measured in ${latency}`,
      ...(report.note === os ? [] : [seg(` · ${report.note}`)]),
    ),
    lineOf(` ${[...words, running].join(' · ')}`),
    gauge('cpu load', ratioOf(load1, cpus), `${load1} on ${cpus} cpus`),
    memoryLine(facts['memory'] as JsonObject),
    ...listOf(facts, 'disks').map(diskLine),
    ...listOf(facts, 'arrays').map(arrayLine),
    ...clockLines(facts),
  ];
}

function memoryLine(memory: JsonObject): Line {
  const { usedBytes, totalBytes, swapUsedBytes, pressure } = memory;
  const swap = Number(swapUsedBytes) > 0 ? ` · swap ${bytesText(Number(swapUsedBytes))}` : '';
  const pressed = typeof pressure === 'string' ? ` · pressure ${pressure}` : '';
  const amounts = `${bytesText(Number(usedBytes))} of ${bytesText(Number(totalBytes))}`;
  return gauge('memory', ratioOf(usedBytes, totalBytes), `${amounts}${swap}${pressed}`);
}

function diskLine(disk: JsonObject): Line {
  const { mount, usedBytes, sizeBytes, availableBytes } = disk;
  const free = `${bytesText(Number(availableBytes))} free of ${bytesText(Number(sizeBytes))}`;
  return gauge(`disk ${String(mount)}`, ratioOf(usedBytes, sizeBytes), free);
}

function gauge(name: string, ratio: number | null, words: string): Line {
  return lineOf(' ', padded(name, 14), ' ', ...barSegments(ratio, 20), `  ${words}`);
}

function arrayLine({ name, level, wanted, working, busy }: JsonObject): Line {
  const disks = typeof wanted === 'number' ? ` · ${working} of ${wanted} disks` : '';
  const work = typeof busy === 'string' ? ` · ${busy}` : '';
  return lineOf(' ', padded(`array ${name}`, 14), ` ${level ?? ''}${disks}${work}`);
}

/** How far its clock is off, where that is more than the way there explains. */
function clockLines({ clockSkewSeconds: seconds }: JsonObject): readonly Line[] {
  if (typeof seconds !== 'number' || seconds === 0) return [];
  const off = Math.abs(seconds);
  const span = off < 120 ? `${off}s` : secondsInSteps(off);
  const words = `at least ${span} ${seconds > 0 ? 'ahead' : 'behind'}`;
  return [lineOf(' ', padded('clock', 14), ` ${words}`)];
}

function listOf(facts: JsonObject, name: string): readonly JsonObject[] {
  const list = facts[name];
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

/** Everything on this host in one line, the worst first. */
function serviceLines({ report }: Known, host: string): readonly Line[] {
  const services = report.services.filter((service) => service.host === host);
  if (services.length === 0) return [];
  const pieces = services.flatMap(({ name, state }): readonly Segment[] => [
    seg('  '),
    seg(glyphOf(state), toneOf(state)),
    seg(` ${name}`),
  ]);
  const counted = services.length === 1 ? '1 service' : `${services.length} services`;
  return [hanging(lineOf(` ${counted}`, ...pieces), counted.length + 3)];
}
