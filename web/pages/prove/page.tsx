import { type FormEvent, useCallback, useId, useMemo, useState } from 'react'
import type { entriesContract, promisesContract } from '../../../src/cli/record-contract.ts'
import type { byNumberContract } from '../../../src/custody/contract.ts'
import { addressOf } from '../../frame/addresses.ts'
import { type AnswerOf, type CallInput, call, useRead } from '../../frame/api.ts'
import { useAt } from '../../frame/at.ts'
import { formatNumber } from '../../frame/format.ts'
import { Link, useFilters } from '../../frame/link.tsx'
import { useMay } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Figure, Figures } from '../../parts/figure.tsx'
import { type Filter, FilterBar } from '../../parts/filter-bar.tsx'
import { Page } from '../../parts/page.tsx'
import { type Column, Register } from '../../parts/register.tsx'
import { Empty, Fault } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { ProveParts } from './parts.tsx'
import { useStrip } from './strip.ts'
import { nounWords, proveWords } from './words.ts'

type EntryRow = AnswerOf<typeof entriesContract>['entries'][number]

const PAGE = 200
const WITHIN_HOURS: Readonly<Record<string, number>> = { '1h': 1, '24h': 24, '7d': 168, '30d': 720 }

/** Entries of the record, the latest first, and how the record stands. */
export default function ProvePage() {
  const w = useWords(proveWords)
  const { language } = useLanguage()
  const { at } = useAt()
  const [values] = useFilters()
  const { kind, custody, facility, within } = values
  const asked = useMemo(() => ({ kind, custody, facility, within }), [kind, custody, facility, within])
  const read = useCallback(
    async (after: string | undefined, signal: AbortSignal) => {
      const to = at === undefined ? Temporal.Now.instant() : Temporal.Instant.from(at)
      const hours = WITHIN_HOURS[asked.within ?? '']
      const query = {
        kind: asked.kind,
        custody: asked.custody,
        facility: asked.facility,
        ...(at === undefined ? {} : { to: at }),
        ...(hours === undefined ? {} : { from: to.subtract({ hours }).toString() }),
        after,
        limit: PAGE,
      } as CallInput<typeof entriesContract>['query']
      const page = await call<typeof entriesContract>('GET', '/api/entries', { query, signal } as never)
      return { rows: page.entries, next: page.next === null ? null : String(page.next) }
    },
    [asked, at],
  )
  const columns = useMemo<readonly Column<EntryRow>[]>(
    () => [
      { key: 'n', label: w.number, width: 96, align: 'right', isLink: true, cell: ({ n }) => formatNumber(n) },
      { key: 'says', label: w.what, width: 260, grow: 3, cell: ({ says }) => says[language] },
      { key: 'kind', label: w.kind, width: 170, grow: 1, cell: (row) => <span className="mono">{row.kind}</span> },
      { key: 'facility', label: w.facility, width: 120, cell: (row) => row.facility },
      { key: 'recorded', label: w.recorded, width: 190, align: 'right', cell: (row) => <When at={row.recorded} /> },
      {
        key: 'index',
        label: w.index,
        width: 130,
        align: 'right',
        cell: ({ index }) => (index === null ? <span className="label">{w.waiting}</span> : formatNumber(index)),
      },
    ],
    [w, language],
  )
  return (
    <Page title={w.title} actions={<ProveParts current="entries" />} lines={<p className="label">{w.lead}</p>}>
      <Standing />
      <Register<EntryRow>
        name="entries"
        label={w.entries}
        queryKey={[asked, at]}
        read={read}
        rowKey={({ id }) => id}
        rowTo={({ id }) => addressOf.entry(id)}
        rowMark={({ index }) => (index === null ? 'attested' : 'proven')}
        columns={columns}
        order={w.newest}
        filters={
          <>
            <FilterBar filters={useEntryFilters()} name="entries" />
            <OfCustody />
          </>
        }
        empty={
          <Empty what={w.noEntries} ways={<Link to={addressOf.prove()}>{w.dropFilters}</Link>}>
            {w.noEntriesOver}
          </Empty>
        }
      />
    </Page>
  )
}

function useEntryFilters(): readonly Filter[] {
  const w = useWords(proveWords)
  const nouns = useWords(nounWords)
  return [
    { key: 'kind', label: w.kind, choices: Object.entries(nouns).map(([value, label]) => ({ value, label })) },
    {
      key: 'within',
      label: w.when,
      choices: [
        { value: '1h', label: w.hour },
        { value: '24h', label: w.day },
        { value: '7d', label: w.week },
        { value: '30d', label: w.month },
      ],
    },
    { key: 'custody', label: w.custody, optional: true },
  ]
}

/** A number finds its custody; the address holds the custody's id, never the number. */
function OfCustody() {
  const w = useWords(proveWords)
  const [, change] = useFilters()
  const [text, setText] = useState('')
  const [fault, setFault] = useState<unknown>()
  const id = useId()
  const may = useMay('custody.read')
  if (!may) return null
  const find = async (event: FormEvent) => {
    event.preventDefault()
    try {
      const params = { number: text.trim().toUpperCase() }
      const { custody } = await call<typeof byNumberContract>('GET', '/api/custodies/by-number/:number', { params })
      setFault(undefined)
      setText('')
      change({ custody })
    } catch (error) {
      setFault(error)
    }
  }
  return (
    <>
      <form className="row" style={{ flexWrap: 'nowrap' }} onSubmit={(event) => void find(event)}>
        <label className="support" htmlFor={id}>
          {w.ofNumber}
        </label>
        <input
          id={id}
          className="input"
          style={{ width: 150, minHeight: 28, padding: '3px 8px' }}
          value={text}
          required
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button small">
          {w.show}
        </button>
      </form>
      {fault === undefined ? null : <Fault error={fault} />}
    </>
  )
}

function Standing() {
  const w = useWords(proveWords)
  const status = useStrip()
  const promises = useRead<typeof promisesContract>(
    '/api/promises',
    {},
    { enabled: useMay('log.read'), timed: false },
  ).data
  const checkpoint = status?.checkpoint
  return (
    <Figures label={w.figures}>
      <Figure label={w.size} value={checkpoint?.size ?? 'unknown'} />
      <Figure label={w.unsequenced} value={status?.unsequenced ?? 'unknown'} />
      <Figure
        label={w.witnesses}
        value={status?.witnesses.agree ?? 'unknown'}
        to={addressOf.checkpoints()}
        note={status === undefined ? null : status.witnesses.of === 0 ? w.noWitness : w.ofSo(status.witnesses.of)}
      />
      {promises === undefined ? null : (
        <>
          <Figure
            label={w.kept}
            value={promises.kept}
            to={addressOf.checkpoints()}
            note={promises.measured === 0 ? w.notMeasured : w.within(promises.delaySeconds)}
          />
          <Figure
            label={w.late}
            value={promises.late}
            to={addressOf.checkpoints()}
            mark={promises.late > 0 ? 's2' : undefined}
          />
        </>
      )}
      {checkpoint == null ? null : (
        <p className="support">
          {w.lastCheckpoint} <When at={checkpoint.at} precision="second" />
        </p>
      )}
    </Figures>
  )
}
