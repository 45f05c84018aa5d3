import { hideSecrets } from '../../model/hide-secrets.ts';
import type { Answers } from '../collect/answers.ts';
import type { SeenProcess } from '../read/processes.ts';
import { listedBy } from '../read/told.ts';

/** Who is known to listen on a port. */
const known: Readonly<Record<string, string>> = {
  '3306': 'mysql',
  '5432': 'postgres',
  '6333': 'qdrant',
  '6379': 'redis',
  '8108': 'typesense',
  '11434': 'ollama',
  '27017': 'mongodb',
};

/** What a process is seen to stand on: by its environment, and by what it is connected to now. */
export function dependenciesOf(process: SeenProcess, answers: Answers): readonly string[] {
  const ollama = process.environment.get('OLLAMA_HOST') ?? '';
  const library = process.environment.get('PDF_LIBRARY_PATH') ?? '';
  const found = [
    ...(ollama === '' ? [] : [`ollama on ${hideSecrets(ollama).replace(/^https?:\/\//, '')}`]),
    ...(library === '' ? [] : [`library ${hideSecrets(library)}`]),
    ...connectedTo(process.pid, listedBy(answers, 'connections') ?? []),
  ];
  return [...new Set(found)];
}

function connectedTo(pid: number, lines: readonly string[]): readonly string[] {
  return lines
    .filter((line) => line.includes(`,pid=${pid},`))
    .flatMap((line) => {
      const [, address = '', port = ''] =
        /^\s*(?:ESTAB\s+)?\d+\s+\d+\s+\S+\s+(\S+):(\d{1,5})\s/.exec(line) ?? [];
      const name = known[port];
      const bare = address.replace(/^\[::ffff:(.*)\]$/, '$1').replace(/%.*$/, '');
      return name === undefined ? [] : [`${name} on ${bare}:${port}`];
    })
    .toSorted();
}
