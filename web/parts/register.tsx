import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import { formatNumber } from '../frame/format.ts'
import { Link, useGo } from '../frame/link.tsx'
import { useLive } from '../frame/live.ts'
import { usePreference } from '../frame/preference.ts'
import { useWords } from '../frame/words.ts'
import { Mark, type MarkKind } from './mark.tsx'
import { type Density, RegisterTools } from './register-tools.tsx'
import { registerWords } from './register-words.ts'
import { Empty, Fault, Loading } from './states.tsx'
import './register.css'

export type Column<Row> = {
  readonly key: string
  readonly label: string
  /** Least width in pixels. */
  readonly width: number
  /** Share of the room that is left; 0 keeps the width. */
  readonly grow?: number
  /** Numbers and times stand right. */
  readonly align?: 'right'
  readonly cell: (row: Row) => ReactNode
  /** Hidden until somebody chooses it. */
  readonly optional?: boolean
  /** The cell leads to the row's page. The first such column is the row's name for a screen reader. */
  readonly isLink?: boolean
}

export type RegisterPage<Row> = {
  readonly rows: readonly Row[]
  /** Cursor of the next page; null at the end. */
  readonly next: string | null
  /** How many there are in all, where the first page says so. */
  readonly total?: number | null
}

export type RegisterProps<Row> = {
  /** Under which the choice of columns and the height of rows are kept. */
  readonly name: string
  /** Name of the table. */
  readonly label: string
  /** Whatever the rows depend on: filters, `at`. */
  readonly queryKey: readonly unknown[]
  /** A page of at most 200 rows, from a cursor on. */
  readonly read: (after: string | undefined, signal: AbortSignal) => Promise<RegisterPage<Row>>
  readonly rowKey: (row: Row) => string
  readonly rowTo: (row: Row) => string
  readonly rowMark?: (row: Row) => MarkKind | undefined
  readonly columns: readonly Column<Row>[]
  /** Address of the CSV of exactly these rows and columns. */
  readonly csv?: (columns: readonly string[]) => string
  readonly empty: ReactNode
  /** In which order the rows stand: 'days, number'. */
  readonly order?: string
  /** What may be done with marked rows; without it none can be marked. */
  readonly marked?: (keys: readonly string[], clear: () => void) => ReactNode
  /** The filters, left of the tools. */
  readonly filters?: ReactNode
}

const heights: Record<Density, number> = { normal: 32, dense: 28, roomy: 40 }
const REFRESH_MS = 5000

/**
 * A table of any length: pages by keyset as one scrolls, one tab stop, arrows move, Enter opens, Space marks. Order and
 * focus stay while values change in place; what came since is offered, not pushed in.
 */
export function Register<Row>(props: RegisterProps<Row>) {
  const { name, label, queryKey, read, rowKey, rowTo, rowMark, columns, csv, empty, order, marked, filters } = props
  const w = useWords(registerWords)
  const go = useGo()
  const id = useId()
  const [density, setDensity] = usePreference<Density>(`register.${name}.density`, 'normal')
  const [chosen, choose] = usePreference<readonly string[] | null>(`register.${name}.columns`, null)
  const shown = useMemo(
    () => columns.filter((column) => (chosen === null ? column.optional !== true : chosen.includes(column.key))),
    [columns, chosen],
  )
  const client = useQueryClient()
  const key = useMemo(() => ['register', name, ...queryKey], [name, queryKey])
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  const { data, hasNextPage, isFetching, fetchNextPage } = query
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data])
  const total = data?.pages[0]?.total ?? (hasNextPage ? undefined : rows.length)
  const count = total === undefined ? rows.length + (hasNextPage ? 1 : 0) : Math.max(total, rows.length)

  const scroller = useRef<HTMLDivElement>(null)
  const height = heights[density]
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    scrollPaddingStart: 36,
    scrollMargin: 0,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height of rows is why they are measured anew
  useEffect(() => virtual.measure(), [virtual, height])
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (lastShown >= rows.length - 1 && hasNextPage && !isFetching) void fetchNextPage()
  }, [lastShown, rows.length, hasNextPage, isFetching, fetchNextPage])

  // The row in focus is kept by its key, so that it stays in focus whatever stands above it after a refresh.
  const [active, setActive] = useState<{ readonly index: number; readonly column: number }>({ index: 0, column: 0 })
  const move = useCallback(
    (index: number, column: number) => {
      const next = Math.max(0, Math.min(rows.length - 1, index))
      setActive({ index: next, column: Math.max(0, Math.min(shown.length - 1, column)) })
      virtual.scrollToIndex(next)
    },
    [rows.length, shown.length, virtual],
  )
  const [marks, setMarks] = useState<ReadonlySet<string>>(new Set())
  const toggle = (rowId: string) =>
    setMarks((before) => {
      const after = new Set(before)
      if (!after.delete(rowId)) after.add(rowId)
      return after
    })

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || event.altKey) return
    const { index, column } = active
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? height * 10) / height) - 2)
    const moves: Record<string, () => void> = {
      ArrowDown: () => move(index + 1, column),
      ArrowUp: () => move(index - 1, column),
      ArrowRight: () => move(index, column + 1),
      ArrowLeft: () => move(index, column - 1),
      PageDown: () => move(index + page, column),
      PageUp: () => move(index - page, column),
      Home: () => (event.ctrlKey ? move(0, 0) : move(index, 0)),
      End: () => (event.ctrlKey ? move(rows.length - 1, 0) : move(index, shown.length - 1)),
      Enter: () => {
        const row = rows[index]
        if (row !== undefined) go(rowTo(row))
      },
      ' ': () => {
        const row = rows[index]
        if (row !== undefined && marked !== undefined) toggle(rowKey(row))
      },
    }
    const run = moves[event.key]
    if (run === undefined || (event.ctrlKey && !/^(Home|End)$/.test(event.key))) return
    event.preventDefault()
    event.stopPropagation()
    run()
  }

  const fresh = useFreshRows({ client, key, read, rowKey, firstShown: items[0]?.index ?? 0 })
  const template = `28px ${shown.map(({ width, grow = 1 }) => (grow === 0 ? `${width}px` : `minmax(${width}px, ${grow * width}fr)`)).join(' ')}`
  const least = 28 + shown.reduce((sum, { width }) => sum + width, 0)
  const linked = shown.findIndex(({ isLink }) => isLink === true)
  const first = (items.find(({ end }) => end > (virtual.scrollOffset ?? 0)) ?? items[0])?.index ?? 0
  const visible = Math.ceil(((scroller.current?.clientHeight ?? 0) - 32) / height)
  const last = Math.min(count, first + Math.max(1, visible))

  return (
    <section className="register" aria-label={label}>
      <RegisterTools
        columns={columns}
        shown={shown.map((column) => column.key)}
        onColumns={choose}
        density={density}
        onDensity={setDensity}
        csv={csv?.(shown.map((column) => column.key))}
        total={total}
      >
        {filters}
      </RegisterTools>
      {marked !== undefined && marks.size > 0 ? (
        <div className="register-marked" role="status">
          <b>{w.marked(marks.size)}</b>
          {marked([...marks], () => setMarks(new Set()))}
          <button type="button" className="button small" onClick={() => setMarks(new Set())}>
            {w.unmark}
          </button>
        </div>
      ) : null}
      {query.error !== null && data === undefined ? (
        <div className="card">
          <Fault error={query.error} onRetry={() => void query.refetch()} />
        </div>
      ) : (
        <div
          ref={scroller}
          className="register-grid"
          role="grid"
          tabIndex={0}
          aria-label={label}
          aria-rowcount={total === undefined ? -1 : total + 1}
          aria-colcount={shown.length + 1}
          aria-multiselectable={marked !== undefined ? true : undefined}
          aria-activedescendant={rows.length === 0 ? undefined : `${id}-${active.index}-${active.column}`}
          aria-busy={isFetching}
          onKeyDown={onKeyDown}
        >
          <div role="rowgroup" className="register-head" style={{ minWidth: least }}>
            <div role="row" aria-rowindex={1} className="register-row" style={{ gridTemplateColumns: template }}>
              <div role="columnheader" aria-label={w.worst} />
              {shown.map((column) => (
                <div key={column.key} role="columnheader" className={column.align === 'right' ? 'number' : undefined}>
                  {column.label}
                </div>
              ))}
            </div>
          </div>
          {data === undefined ? (
            <Loading rows={12} height={height} />
          ) : (
            <div role="rowgroup" className="register-body" style={{ height: virtual.getTotalSize(), minWidth: least }}>
              {items.map((item) => {
                const row = rows[item.index]
                const place = { gridTemplateColumns: template, height, transform: `translateY(${item.start}px)` }
                if (row === undefined)
                  return <div key={item.key} className="register-row coming" style={place} aria-hidden="true" />
                const rowId = rowKey(row)
                const mark = rowMark?.(row)
                const isMarked = marks.has(rowId)
                return (
                  <div
                    key={item.key}
                    role="row"
                    aria-rowindex={item.index + 2}
                    aria-selected={marked === undefined ? undefined : isMarked}
                    className={`register-row${item.index === active.index ? ' active' : ''}${isMarked ? ' marked' : ''}`}
                    style={place}
                    onClick={(event) => {
                      setActive({ index: item.index, column: 0 })
                      const isPressed = event.target instanceof Element && event.target.closest('a, button') !== null
                      if (!isPressed && window.getSelection()?.isCollapsed !== false) go(rowTo(row))
                    }}
                  >
                    <div role="gridcell">
                      {isMarked ? <span className="register-tick" role="img" aria-label={w.isMarked} /> : null}
                      {mark === undefined ? null : <Mark kind={mark} alone />}
                    </div>
                    {shown.map((column, index) => (
                      <div
                        key={column.key}
                        id={`${id}-${item.index}-${index}`}
                        role={index === linked ? 'rowheader' : 'gridcell'}
                        className={`${column.align === 'right' ? 'number' : ''}${item.index === active.index && index === active.column ? ' here' : ''}`}
                      >
                        {column.isLink === true ? (
                          <Link to={rowTo(row)} tabIndex={-1}>
                            {column.cell(row)}
                          </Link>
                        ) : (
                          column.cell(row)
                        )}
                      </div>
                    ))}
                  </div>
                )
              })}
            </div>
          )}
          {data !== undefined && rows.length === 0 ? (
            <div role="rowgroup">
              <div role="row">
                <div role="gridcell">{empty ?? <Empty what={w.nothing} />}</div>
              </div>
            </div>
          ) : null}
        </div>
      )}
      <div className="register-foot support">
        <span>
          {total === 0 || data === undefined
            ? null
            : w.range(
                formatNumber(first + 1),
                formatNumber(last),
                total === undefined ? undefined : formatNumber(total),
              )}
          {order === undefined || total === 0 ? null : ` · ${w.order} ${order}`}
          {isFetching && data !== undefined ? ` · ${w.reading}` : null}
        </span>
        {fresh.count > 0 ? (
          <button type="button" className="button small" onClick={() => void query.refetch()}>
            {w.fresh(fresh.count)}
          </button>
        ) : null}
        <span className="keys screen-only">
          <kbd>↑</kbd> <kbd>↓</kbd> {w.row} · <kbd>Enter</kbd> {w.open}
          {marked === undefined ? null : (
            <>
              {' '}
              · <kbd>{w.space}</kbd> {w.mark}
            </>
          )}{' '}
          · <kbd>/</kbd> {w.filter}
        </span>
      </div>
    </section>
  )
}

type FreshOptions<Row> = {
  readonly client: ReturnType<typeof useQueryClient>
  readonly key: readonly unknown[]
  readonly read: RegisterProps<Row>['read']
  readonly rowKey: (row: Row) => string
  readonly firstShown: number
}
type Pages<Row> = { readonly pages: readonly RegisterPage<Row>[]; readonly pageParams: readonly (string | undefined)[] }

/**
 * When the facility changed, reads the page in view again: known rows get their new values in place, rows that are new
 * are only counted. Pages out of view are as they were when they were read; coming into view reads them again.
 */
function useFreshRows<Row>({ client, key, read, rowKey, firstShown }: FreshOptions<Row>): { readonly count: number } {
  const { changes } = useLive()
  const [count, setCount] = useState(0)
  const seen = useRef(changes)
  const latest = useRef({ read, rowKey, firstShown })
  latest.current = { read, rowKey, firstShown }
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are asked for, so none of them is new
  useEffect(() => setCount(0), [key])
  useEffect(() => {
    if (changes === seen.current) return
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      seen.current = changes
      const data = client.getQueryData<Pages<Row>>(key)
      if (data === undefined) return
      const { read, rowKey, firstShown } = latest.current
      let before = 0
      const index = data.pages.findIndex((page) => {
        before += page.rows.length
        return firstShown < before
      })
      const page = data.pages[Math.max(0, index)]
      if (page === undefined) return
      const now = await read(data.pageParams[Math.max(0, index)], stop.signal).catch(() => undefined)
      if (now === undefined) return
      const values = new Map(now.rows.map((row) => [rowKey(row), row]))
      const known = new Set(data.pages.flatMap(({ rows }) => rows.map(rowKey)))
      setCount(now.rows.filter((row) => !known.has(rowKey(row))).length)
      const rows = page.rows.map((row) => values.get(rowKey(row)) ?? row)
      client.setQueryData<Pages<Row>>(key, {
        ...data,
        pages: data.pages.map((one) => (one === page ? { ...page, rows } : one)),
      })
    }, REFRESH_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [changes, client, key])
  return { count }
}
