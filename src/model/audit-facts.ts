/** Of every field: null is "could not be told", an empty list is "there is none". */
export interface AuditFacts {
  readonly hardware: {
    readonly vendor: string | null;
    readonly product: string | null;
    /** `kvm`, `docker`; `none` of a machine of its own. */
    readonly virtualization: string | null;
    readonly cpu: string | null;
    readonly cpus: number | null;
    readonly memoryBytes: number | null;
    readonly swapBytes: number | null;
    readonly disks: readonly AuditedDisk[] | null;
    /** `nvidia 0x2684`: as the bus names them. */
    readonly gpus: readonly string[] | null;
  };
  readonly system: {
    readonly hostname: string | null;
    /** SHA-256 of its machine-id, the first 16 hex: the id itself is sensitive. */
    readonly machine: string | null;
    readonly os: string | null;
    readonly osId: string | null;
    readonly kernel: string | null;
    readonly architecture: string | null;
    /** `systemd 252`, `busybox init` */
    readonly init: string | null;
    readonly uptimeSeconds: number | null;
    /** What keeps its time, and whether it says that it does. */
    readonly timeService: string | null;
    readonly timeSynchronized: boolean | null;
    readonly clockSkewMs: number | null;
  };
  readonly network: {
    readonly addresses: readonly AuditedAddress[] | null;
    readonly listeners: readonly Listener[] | null;
    /** `ufw enabled`, `nft: needs root` */
    readonly firewall: string | null;
  };
  readonly mounts: readonly AuditedMount[] | null;
  readonly units: {
    readonly failed: readonly string[] | null;
    readonly timers: readonly AuditedTimer[] | null;
    /** Services that are started at boot. */
    readonly enabled: readonly string[] | null;
    /** Services that neither run nor rest as they should. */
    readonly troubled?: readonly TroubledUnit[] | null;
  };
  readonly crontabs: readonly CronEntry[] | null;
  readonly containers: readonly Container[] | null;
  /** Crontabs and units that everybody may write. */
  readonly writable?: readonly string[] | null;
  readonly updates: {
    readonly rebootRequired: boolean | null;
    readonly pending: number | null;
    readonly runningKernel: string | null;
    readonly newestKernel: string | null;
    readonly automatic: boolean | null;
  };
  readonly logins: {
    readonly users: readonly LoginUser[] | null;
    readonly keys: readonly AuthorizedKey[] | null;
    readonly passwordAuthentication: boolean | null;
    /** `no`, `yes`, `prohibit-password` */
    readonly rootLogin: string | null;
  };
}

export interface AuditedDisk {
  readonly name: string;
  readonly sizeBytes: number;
  readonly rotational: boolean | null;
  readonly model: string | null;
}

/** `address` with its prefix: `100.64.0.7/32`. */
export interface AuditedAddress {
  readonly interface: string;
  readonly address: string;
}

/** What listens; `pid` and `program` are null where their owner is hidden from us, `uid` then says whose it is. */
export interface Listener {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly pid: number | null;
  readonly program: string | null;
  readonly uid: number | null;
  /** By its cgroup: `nginx.service`. */
  readonly unit: string | null;
}

export interface AuditedMount {
  readonly mount: string;
  readonly device: string;
  readonly type: string;
  /** Null of one that is not asked (of the net), or did not answer. */
  readonly sizeBytes: number | null;
  readonly availableBytes: number | null;
  /** As df(1) counts it: of what others than root may use. Absent where it told none. */
  readonly usedPercent?: number | null;
  readonly inodesUsedPercent: number | null;
}

/** It ends as often as it is started; it runs by an older file than is on the disk; it has not come up yet. */
export interface TroubledUnit {
  readonly unit: string;
  /** Of a user's own manager. */
  readonly user: boolean;
  readonly trouble: 'looping' | 'changed' | 'starting';
}

export interface AuditedTimer {
  readonly unit: string;
  readonly starts: string;
  readonly user: boolean;
  readonly active: boolean;
}

/** `schedule` is as written: `*\/5 * * * *`, `@reboot`. Secrets of `command` are hidden. */
export interface CronEntry {
  readonly source: string;
  readonly user: string | null;
  readonly schedule: string;
  readonly command: string;
}

export interface Container {
  readonly engine: 'docker' | 'podman' | 'kubernetes' | 'other';
  readonly id: string;
  readonly name: string | null;
  readonly image: string | null;
  readonly running: boolean;
  readonly restartPolicy: string | null;
}

export interface LoginUser {
  readonly name: string;
  readonly uid: number;
  readonly shell: string;
  /** Of the groups that make an administrator: sudo, wheel, admin, docker. */
  readonly groups: readonly string[];
}

export interface AuthorizedKey {
  readonly user: string;
  /** `SHA256:…` */
  readonly fingerprint: string;
  readonly comment: string;
}
