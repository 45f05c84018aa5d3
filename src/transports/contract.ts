import type { Host } from '../model/inventory.ts';
import type { JsonObject } from '../model/json.ts';
import type { FileSeen, FileTail, TailRequest, WriteRequest } from './contract-files.ts';
import type {
  ApplyObjectRequest,
  DeletePodRequest,
  KubeList,
  KubeObjectRequest,
  KubeRequest,
  PodLogRequest,
  RolloutRequest,
} from './contract-kube.ts';

/** The deadline of a call counts from when it gets its slot; `signal` ends it before that too. */
export interface CallOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Told when an exchange begins, after whatever waiting for a slot. */
  readonly began?: () => void;
}

export interface ExecRequest {
  readonly on: Host;
  readonly argv: readonly [string, ...string[]];
  /** Sent as UTF-8 to its standard input, which is empty without it. */
  readonly input?: string;
  /** A program that says more is ended there and then, which is a fault; 1 MiB unless told. */
  readonly maxBytes?: number;
  /** It may say more: the rest is dropped, the output is `truncated`, and it runs to its end. */
  readonly headOnly?: boolean;
  /** Told its output as it comes, also of a program that does not come to its end. */
  readonly heard?: (text: string) => void;
}

/** A program that ran to its end; `exitCode` is null when a signal ended it. */
export interface ExecOutput {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
}

export interface TlsSettings {
  /** PEM text of the authorities to trust instead of the system's. */
  readonly ca?: string;
  readonly insecure?: boolean;
  readonly servername?: string;
}

export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsSettings;
  /** Sent as UTF-8. Only a GET or HEAD is ever sent twice. */
  readonly body?: string;
  readonly maxBytes?: number;
  /** Nobody reads the body: it is not waited for, however long or slow. */
  readonly headOnly?: true;
}

/** Header names are lower-case; `body` is decoded by the answer's charset. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly truncated: boolean;
  readonly latencyMs: number;
}

export interface TcpRequest {
  readonly host: string;
  readonly port: number;
}

interface TcpAnswer {
  readonly latencyMs: number;
}

export interface TlsRequest {
  readonly host: string;
  readonly port: number;
  readonly servername: string;
}

/** `trouble` is OpenSSL's word for why the chain or the name is not accepted, null when it is. */
export interface TlsPeer {
  readonly latencyMs: number;
  readonly trouble: string | null;
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  readonly chain: readonly string[];
}

interface RedisRequest {
  readonly url: string;
  readonly commands: readonly (readonly string[])[];
}

export interface RedisAnswer {
  readonly latencyMs: number;
  readonly replies: readonly string[];
}

/** What a host runs, and who asks there: whose launchd domains and user units are looked into. */
export interface Machine {
  readonly system: 'linux' | 'darwin' | 'other';
  readonly uid: number;
}

export interface DiskUsage {
  readonly usedBytes: number;
  readonly availableBytes: number;
  readonly sizeBytes: number;
  /** The mount point that its folder lies on, where nothing is mounted at it; null where it is one. */
  readonly liesOn: string | null;
}

/** Time and chance, so that neither is asked for anywhere else. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds that never jump. */
  monotonicMs(): number;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** At least 0, less than 1. */
  random(): number;
}

/** The only way to the world. Every verb rejects with a `FaultError` and with nothing else. */
export interface Transports {
  readonly clock: Clock;
  /** The machine that asks: its name, to be held against a host's `hostname`. */
  readonly hostname: string;
  /** Asked once for each connection to a host, and known from then on. */
  machine(on: Host, options: CallOptions): Promise<Machine>;
  exec(request: ExecRequest, options: CallOptions): Promise<ExecOutput>;
  http(request: HttpRequest, options: CallOptions): Promise<HttpResponse>;
  tcp(request: TcpRequest, options: CallOptions): Promise<TcpAnswer>;
  tls(request: TlsRequest, options: CallOptions): Promise<TlsPeer>;
  redis(request: RedisRequest, options: CallOptions): Promise<RedisAnswer>;
  /** A first call lists; the next one starts the watch that answers from then on. */
  kube(request: KubeRequest, options: CallOptions): Promise<KubeList>;
  /** The end of what a container of a pod has said. */
  podLog(request: PodLogRequest, options: CallOptions): Promise<string>;
  /** The object, or the Status by which it is refused. Nothing is changed by it. */
  kubeObject(request: KubeObjectRequest, options: CallOptions): Promise<JsonObject>;
  /** The same by an apply that is no dry run: the object as it has become, or the Status of a refusal. */
  applyObject(request: ApplyObjectRequest, options: CallOptions): Promise<JsonObject>;
  /** With `applyObject` and `deletePod` all that changes a cluster: no volume, claim or namespace is ever deleted. */
  rolloutRestart(request: RolloutRequest, options: CallOptions): Promise<void>;
  deletePod(request: DeletePodRequest, options: CallOptions): Promise<void>;
  /** `null` is the machine that asks; `~/` is its user's home. */
  readFile(on: Host | null, path: string, options: CallOptions): Promise<string>;
  /** What a log file holds after a place. */
  tailFile(request: TailRequest, options: CallOptions): Promise<FileTail>;
  /** As many files as are wanted in one exchange, in their order; `null` and `~/` as above. */
  lookAtFiles(
    on: Host | null,
    paths: readonly string[],
    options: CallOptions,
  ): Promise<readonly FileSeen[]>;
  /** Replaces a file atomically; a link is never written over, and of its owner nothing changes. */
  writeFile(request: WriteRequest, options: CallOptions): Promise<void>;
  diskUsage(on: Host, mount: string, options: CallOptions): Promise<DiskUsage>;
  /** What has been opened and started so far: for benches and the cockpit's own footer. */
  counts(): { readonly connections: number; readonly processes: number };
  close(): Promise<void>;
}
