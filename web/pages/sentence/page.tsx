import { useState } from 'react'
import type { custodyContract } from '../../../src/custody/contract.ts'
import type { sentenceContract } from '../../../src/law/sentences/contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { type AnswerOf, Problem, useRead } from '../../frame/api.ts'
import { formatDay } from '../../frame/format.ts'
import { Link, useParams } from '../../frame/link.tsx'
import { NotFoundPage } from '../../frame/problem-pages.tsx'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Card, Page, type Worst } from '../../parts/page.tsx'
import { Empty, Fault, Loading } from '../../parts/states.tsx'
import type { Case } from './case.ts'
import { Check } from './check.tsx'
import { Dates } from './dates.tsx'
import { Differences } from './differences.tsx'
import { Facts } from './facts.tsx'
import { Sign } from './sign.tsx'
import { WhatIf } from './what-if.tsx'
import { sentenceWords } from './words.ts'
import { Working } from './working.tsx'

/** The sentences of a person: dates with every step, who signed and checked them, what differs since. */
export default function SentencePage() {
  const w = useWords(sentenceWords)
  const { custody = '' } = useParams()
  const file = useRead<typeof custodyContract>('/api/custodies/:id', { params: { id: custody } })
  const read = useRead<typeof sentenceContract>('/api/custodies/:id/sentence', { params: { id: custody } })
  const { data, error } = read
  const number = file.data?.registerNumber
  const crumbs = [
    { to: addressOf.people(), label: w.people },
    ...(number === undefined ? [] : [{ to: addressOf.person(custody), label: number }]),
  ]
  const worst = useWorst(data)
  if (error instanceof Problem && (error.status === 404 || error.status === 400)) return <NotFoundPage />
  return (
    <Page
      title={w.title}
      {...(number === undefined ? {} : { documentTitle: `${number} · ${w.title}` })}
      crumbs={crumbs}
      worst={worst}
      actions={
        <Link className="button" to={addressOf.lawChanges()}>
          {w.changes}
        </Link>
      }
    >
      {error !== null ? <Fault error={error} onRetry={() => void read.refetch()} /> : null}
      {data === undefined ? (
        error === null ? (
          <Loading rows={12} />
        ) : null
      ) : data.cases.length === 0 ? (
        <Card label={w.title}>
          <Empty what={w.none}>{w.noneHow}</Empty>
        </Card>
      ) : (
        data.cases.map((one) => <CaseParts key={one.case} one={one} custody={custody} />)
      )}
    </Page>
  )
}

function CaseParts({ one, custody }: { readonly one: Case; readonly custody: string }) {
  const [reading, choose] = useState(0)
  return (
    <div className="beside">
      <div className="stack">
        <Dates one={one} />
        <Differences one={one} />
        <Working one={one} reading={reading} onReading={choose} />
        <Facts one={one} />
      </div>
      <div className="stack">
        <Sign one={one} custody={custody} reading={reading} />
        <Check one={one} custody={custody} />
        <WhatIf one={one} custody={custody} />
      </div>
    </div>
  )
}

/** The worst first: past its last day, then unknown, then signed over what is not so any more. */
function useWorst(data: AnswerOf<typeof sentenceContract> | undefined): Worst | undefined {
  const w = useWords(sentenceWords)
  const { language } = useLanguage()
  if (data === undefined || data.cases.length === 0) return undefined
  const { at, cases } = data
  const last = cases.map(({ numbers }) => numbers)
  const passed = last.every(
    ({ freeFrom }) => freeFrom !== null && Temporal.Instant.compare(freeFrom, Temporal.Instant.from(at)) <= 0,
  )
  const day = last
    .map(({ lastLawfulDay }) => lastLawfulDay ?? '')
    .sort()
    .at(-1)
  if (passed && day) return { mark: 's1', children: <b>{w.passed(formatDay(day, language))}</b> }
  if (last.some(({ lastLawfulDay }) => lastLawfulDay === null))
    return { mark: 'unknown', children: <b>{w.unknownEnd}</b> }
  if (cases.some(({ orders }) => orders.some(({ ended }) => ended)))
    return { mark: 's2', children: <b>{w.orderEnded}</b> }
  return cases.some(({ differences }) => differences.length > 0)
    ? { mark: 's2', children: <b>{w.outdated}</b> }
    : undefined
}
