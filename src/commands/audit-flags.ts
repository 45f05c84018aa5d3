/** Flags of `audit` alone. */
export const auditFlags = {
  write: {
    type: 'boolean',
    usage: '',
    summary: 'with audit: writes the note of the host into the vault of the inventory',
    only: ['audit'],
  },
  verify: {
    type: 'boolean',
    usage: '',
    summary: 'with audit: look now, and compare with what was accepted',
    only: ['audit'],
  },
  fingerprint: {
    type: 'string',
    usage: ' SHA256:…',
    summary: 'with audit trust: the key that is right, as the host itself says',
    only: ['audit'],
  },
  replace: {
    type: 'boolean',
    usage: '',
    summary: 'with audit trust: pin a key that has changed',
    only: ['audit'],
  },
  adopt: {
    type: 'string',
    usage: ' SERVICE',
    summary: 'with audit HOST: what runs it becomes a unit in infra/systemd, for infra apply',
    only: ['audit'],
  },
  strict: {
    type: 'boolean',
    usage: '',
    summary: 'with --adopt: also what may break a program that looks at its machine',
    only: ['audit'],
  },
} as const;
