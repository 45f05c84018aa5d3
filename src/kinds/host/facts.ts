import type { MdArray } from './mdstat.ts';

/** Used is size minus available where a file system shares its space with others (APFS). */
export interface DiskFacts {
  readonly mount: string;
  readonly usedBytes: number;
  readonly availableBytes: number;
  readonly sizeBytes: number;
}

/** A wanted mount point of which nothing could be seen; `why` goes on after "disk /data ". */
export interface UnseenDisk {
  readonly mount: string;
  readonly why: string;
  /** Where nothing is mounted there: the mount point that its folder lies on. */
  readonly liesOn?: string;
}

/** All wanted mount points, each in one of the two lists. */
export interface Disks {
  readonly disks: readonly DiskFacts[];
  readonly unseenDisks: readonly UnseenDisk[];
}

export type Pressure = 'normal' | 'warn' | 'critical';

/** What a look into a machine brings, disks aside: bytes, seconds, its own words for os and model. */
export interface MachineFacts {
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
  readonly uptimeSeconds: number;
  /** Linux' software RAID; null when it is there and not understood. */
  readonly arrays: readonly MdArray[] | null;
}

/** What is seen of a machine, and the troubles with two thresholds that are raised (`disk:/data`). */
export interface HostFacts extends MachineFacts, Disks {
  /** How far its clock is ahead of ours at least; null when that was not measured. */
  readonly clockSkewSeconds: number | null;
  readonly raised: readonly string[];
}
