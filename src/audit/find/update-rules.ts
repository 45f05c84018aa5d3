import type { Rule } from './rule.ts';

const reboot: Rule = ({ facts }) => {
  const { rebootRequired, runningKernel, newestKernel } = facts.updates;
  const isOld = newestKernel !== null && runningKernel !== null && newestKernel !== runningKernel;
  if (rebootRequired !== true && !isOld) return [];
  const said = [
    ...(rebootRequired === true ? ['/run/reboot-required is there'] : []),
    ...(isOld ? [`${runningKernel} runs, ${newestKernel} is installed`] : []),
  ];
  return [
    {
      id: 'reboot-required',
      severity: 'warning',
      title: isOld ? 'a newer kernel waits for a reboot' : 'updates wait for a reboot',
      evidence: said.join('; '),
      remedy: 'sudo systemctl reboot, once what it runs survives that',
    },
  ];
};

/** Counted in steps, as they come and go by themselves. */
const pending: Rule = ({ facts }) => {
  const { pending: count, automatic } = facts.updates;
  if (count === null || count === 0) return [];
  const words = count >= 50 ? '50 or more' : count >= 10 ? '10 or more' : 'fewer than 10';
  return [
    {
      id: 'updates-pending',
      severity: automatic === true ? 'info' : 'warning',
      title: 'updates wait to be installed',
      evidence: `${words}, as the host has counted them last`,
      remedy: 'sudo apt upgrade',
    },
  ];
};

const byHand: Rule = ({ facts }) =>
  facts.updates.automatic === false
    ? [
        {
          id: 'updates-not-automatic',
          severity: 'warning',
          title: 'security updates are not installed by themselves',
          evidence: 'APT::Periodic::Unattended-Upgrade is not set, or its timer is off',
          remedy:
            'sudo apt install unattended-upgrades && sudo dpkg-reconfigure -plow unattended-upgrades',
        },
      ]
    : [];

/** What is older than it need be. */
export const updateRules: readonly Rule[] = [reboot, pending, byHand];
