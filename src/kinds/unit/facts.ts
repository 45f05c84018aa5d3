/** What stands around a unit: who holds its port, what a reboot does to it, its log. */
export interface AroundFacts {
  /** Null where it has no port, or no process that could hold it. */
  readonly portHolder: PortHolder | null;
  /** Null when it cannot be told. */
  readonly survivesReboot: boolean | null;
  /** Why, in words. */
  readonly rebootWhy: string | null;
  readonly log: LogFacts | null;
  /** Milliseconds since 1970 of the look that these are of: they are carried over for a minute. */
  readonly aroundAtMs: number | null;
  readonly aroundPid: number | null;
}

/**
 * `listening` is null where processes of other users are hidden whole (macOS). `isOwn` is null when
 * the holder is hidden, or holds it for others (a container engine, a VM's forward).
 */
export interface PortHolder {
  readonly port: number;
  readonly listening: boolean | null;
  readonly holders: readonly Process[];
  readonly isOwn: boolean | null;
}

export interface Process {
  readonly pid: number;
  readonly name: string;
}

/** `growthBytesPerMinute` is null at the first look, and when the file has become smaller. */
export interface LogFacts {
  readonly path: string;
  readonly sizeBytes: number;
  readonly ageSeconds: number;
  readonly growthBytesPerMinute: number | null;
}

export interface Survival {
  readonly survivesReboot: boolean | null;
  readonly rebootWhy: string | null;
}
