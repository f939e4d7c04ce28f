export { custodySpanOf, type CustodySpan, latestOf, spanKinds } from './span.ts'
