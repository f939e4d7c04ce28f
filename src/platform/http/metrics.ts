import { z } from 'zod'
import { type Family, formatMetrics, METRICS_TYPE } from '../metrics.ts'
import { Answer, type Endpoint } from './endpoint.ts'

/** Measures now. What cannot be measured, because the database is away, is left out. */
export type MetricsSource = () => Promise<readonly Family[]>

/** For Prometheus: from this machine without a token, else by token. Numbers only; nobody in custody is in them. */
export const metricsRoute = (source: MetricsSource): Endpoint => ({
  contract: {
    method: 'GET',
    path: '/metrics',
    says: {
      en: 'What the parts measure of themselves, for Prometheus',
      es: 'Lo que las partes miden de sí mismas, para Prometheus',
    },
    permission: 'metrics.read',
    personal: false,
    ok: z.string(),
    answers: METRICS_TYPE,
  },
  loopback: true,
  handle: async () => new Answer(formatMetrics(await source())),
})
