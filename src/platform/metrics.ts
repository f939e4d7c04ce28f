/** Prometheus text format 0.0.4, by hand: three kinds of lines need no library. https://prometheus.io/docs/instrumenting/exposition_formats/ */
export type Labels = Readonly<Record<string, string>>

export type Family = {
  readonly name: string
  readonly kind: 'gauge' | 'counter' | 'histogram'
  readonly help: string
  readonly samples: readonly { readonly suffix?: string; readonly labels?: Labels; readonly value: number }[]
}

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

export function formatMetrics(families: readonly Family[]): string {
  const lines: string[] = []
  for (const { name, kind, help, samples } of families) {
    lines.push(`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`, `# TYPE ${name} ${kind}`)
    for (const { suffix = '', labels = {}, value } of samples)
      lines.push(`${name}${suffix}${labelText(labels)} ${value}`)
  }
  return `${lines.join('\n')}\n`
}

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  )
  return parts.length === 0 ? '' : `{${parts.join(',')}}`
}

/** Seconds; a court's question and a count of 40,000 both fall inside. */
const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

type Series = { readonly labels: Labels; readonly buckets: number[]; sum: number; count: number }

/**
 * What this process counts while it answers. Labels are patterns of routes, kinds of acts, codes of refusals: never
 * an id, a name, or who asked.
 */
export class Counters {
  readonly #requests = new Map<string, Series>()
  readonly #acts = new Map<string, { labels: Labels; count: number }>()

  /** Called after each answer; `durationMs` from the first byte of the request to the last of the answer. */
  answered(method: string, route: string, status: number, durationMs: number): void {
    const labels = { method, route, status: `${Math.floor(status / 100)}xx` }
    const key = JSON.stringify(labels)
    let series = this.#requests.get(key)
    if (!series) {
      series = { labels, buckets: BUCKETS_SECONDS.map(() => 0), sum: 0, count: 0 }
      this.#requests.set(key, series)
    }
    const seconds = durationMs / 1000
    for (const [i, limit] of BUCKETS_SECONDS.entries())
      if (seconds <= limit) series.buckets[i] = (series.buckets[i] ?? 0) + 1
    series.sum += seconds
    series.count++
  }

  /** `outcome`: accepted, repeated, or the code of a refusal. */
  acted(kind: string, outcome: string): void {
    const labels = { kind, outcome }
    const key = JSON.stringify(labels)
    const known = this.#acts.get(key)
    if (known) known.count++
    else this.#acts.set(key, { labels, count: 1 })
  }

  families(): Family[] {
    return [
      {
        name: 'habeas_request_duration_seconds',
        kind: 'histogram',
        help: 'Requests by route and class of status.',
        samples: [...this.#requests.values()].flatMap(({ labels, buckets, sum, count }) => [
          ...buckets.map((value, i) => ({
            suffix: '_bucket',
            labels: { ...labels, le: String(BUCKETS_SECONDS[i]) },
            value,
          })),
          { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
          { suffix: '_sum', labels, value: sum },
          { suffix: '_count', labels, value: count },
        ]),
      },
      {
        name: 'habeas_acts_total',
        kind: 'counter',
        help: 'Acts that came to this process, by kind and what became of them.',
        samples: [...this.#acts.values()].map(({ labels, count }) => ({ labels, value: count })),
      },
    ]
  }
}
