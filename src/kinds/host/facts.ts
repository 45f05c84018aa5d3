/** Used is size minus available where a file system shares its space with others (APFS). */
export interface DiskFacts {
  readonly mount: string;
  readonly usedBytes: number;
  readonly availableBytes: number;
  readonly sizeBytes: number;
}

export type Pressure = 'normal' | 'warn' | 'critical';

/** What a look into a machine brings: bytes, seconds, and its own words for os and model. */
export interface HostFacts {
  readonly latencyMs?: number;
  readonly os: string;
  readonly model: string | null;
  readonly cpus: number;
  /** The load of the last minute. */
  readonly load1: number;
  readonly memory: {
    readonly usedBytes: number;
    readonly availableBytes: number;
    readonly totalBytes: number;
    /** macOS' own word for how short memory is; null on Linux. */
    readonly pressure: Pressure | null;
    /** Linux: the percent of the last minute in which every task waited for memory; null elsewhere. */
    readonly stalledPercent: number | null;
    readonly swapUsedBytes: number;
  };
  readonly disks: readonly DiskFacts[];
  readonly uptimeSeconds: number;
}

/** A host of which only its SSH port is seen. */
export interface ReachableFacts {
  readonly latencyMs: number;
  readonly reachable: true;
  readonly server: string;
}
