/** A line of the text format of Prometheus. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads the text format: every line that is no comment has to be a sample. */
export function readSamples(text: string): Sample[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const read = /^([a-z_0-9]+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (!read) throw new Error(`no sample: ${line}`);
    const [, name = '', labels = '', value] = read;
    const pairs = [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)];
    return {
      name,
      labels: Object.fromEntries(pairs.map(([, label = '', text = '']) => [label, text])),
      value: Number(value),
    };
  });
}

/** The value of the one sample of this name with these labels; undefined when there is none. */
export function sampleOf(
  samples: readonly Sample[],
  name: string,
  labels: Record<string, string> = {},
): number | undefined {
  const found = samples.filter(
    (sample) =>
      sample.name === name &&
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  );
  if (found.length > 1) throw new Error(`${found.length} samples of ${name}`);
  return found[0]?.value;
}

/** Reads `/metrics` of a server. */
export async function scrape(url: string, headers: Record<string, string> = {}): Promise<Sample[]> {
  const answer = await fetch(`${url}/metrics`, { headers });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status} ${text}`);
  return readSamples(text);
}
