import { logPath, pidOf, plistPath, type Unit, type UnitNow } from './launchd-units.ts';

/** The fields and their order are those of macOS 26 and 27; values of the environment are made up. */
export function unitText(unit: Unit, now: UnitNow): string {
  const { label, program, throttleSeconds, watches } = unit;
  const log = logPath(unit);
  return `gui/501/${label} = {
	active count = ${now.state === 'running' ? 1 : 0}
	path = ${plistPath(unit)}
	type = LaunchAgent
	state = ${now.state}

	program = ${program}
	arguments = {
		${program}
	}

	stdout path = ${log}
	stderr path = ${log}
	inherited environment = {
		SSH_AUTH_SOCK => /var/run/com.apple.launchd.vjczDioG91/Listeners
	}

	default environment = {
		PATH => /usr/bin:/bin:/usr/sbin:/sbin
	}

	environment = {
		OSLogRateLimit => 64
		LAB_TOKEN => seen-by-nobody
		XPC_SERVICE_NAME => ${label}
	}

	domain = gui/501 [100020]
	asid = 100020
	minimum runtime = ${throttleSeconds}
	exit timeout = 5
	runs = ${now.runs}
${processText(now)}	last exit code = ${now.lastExit}

${watches === null ? '' : triggerText(label, watches)}	resource coalition = {
		ID = 1140
		type = resource
		state = active
		active count = 1
		name = ${label}
	}

	spawn type = daemon (3)
	jetsam priority = 40
	jetsam memory limit (active) = (unlimited)
	jetsamproperties category = daemon
	jetsam thread limit = 32
	cpumon = default
	job state = ${now.state === 'running' ? 'running' : 'exited'}
	sanitizer flags = 0x0

	properties = ${watches === null ? 'keepalive | runatload | ' : ''}inferred program | managed LWCR | has LWCR
}
`;
}

/** What is printed while there is a process. */
function processText(now: UnitNow): string {
  const { state, runs } = now;
  if (state !== 'running') return '';
  return `	pid = ${pidOf(now)}
	immediate reason = ${runs > 1 ? 'inefficient' : 'speculative'}
	forks = 0
	execs = 1
	initialized = 1
	trampolined = 1
	started suspended = 0
	proxy started suspended = 0
`;
}

function triggerText(label: string, path: string): string {
  return `	event triggers = {
		com.apple.launchd.WatchPaths => {
			keepalive = 0
			service = ${label}
			stream = com.apple.fsevents.matching
			monitor = com.apple.UserEventAgent-Aqua
			descriptor = {
				"WatchPaths" => [
					0 = "${path}"
				]
			}
		}
	}

`;
}

export function plistText({ label, program, throttleSeconds, watches }: Unit): string {
  const starts =
    watches === null
      ? '<key>KeepAlive</key>\n\t<true/>'
      : `<key>WatchPaths</key>\n\t<array>\n\t\t<string>${watches}</string>\n\t</array>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>Label</key>
	<string>${label}</string>
	<key>ProgramArguments</key>
	<array>
		<string>${program}</string>
	</array>
	${starts}
	<key>ThrottleInterval</key>
	<integer>${throttleSeconds}</integer>
</dict>
</plist>
`;
}
