import type { Rule } from './rule.ts';

const writable: Rule = ({ facts }) =>
  (facts.writable ?? []).map((path) => ({
    id: `writable${path}`,
    severity: 'critical',
    title: `everybody may change what ${path} has run`,
    evidence: 'it is writable by all',
    remedy: `sudo chmod o-w ${path}, after a look at what it says`,
  }));

/** A program in a place where others than root may put another one. */
const foreignPath = /(?:^|[\s;&|"'(])(\/(?:home|tmp|var\/tmp|dev\/shm|media)\/[\w./@:+-]+)/;

/** Root's schedule runs a file of a user, who may write into it whatever root is to do. */
const foreign: Rule = ({ facts }) =>
  (facts.crontabs ?? [])
    .filter(({ user }) => user === 'root')
    .flatMap(({ source, schedule, command }) => {
      const [, path] = foreignPath.exec(command) ?? [];
      if (path === undefined) return [];
      return [
        {
          id: `foreign-cron${path}`,
          severity: 'warning' as const,
          title: `root runs ${path}, which is another user's to change`,
          evidence: `${source}: ${schedule} ${command}`,
          remedy: 'run it as that user, or keep it where only root writes',
        },
      ];
    });

/** What is run by the clock. */
export const cronRules: readonly Rule[] = [writable, foreign];
