import { useMemo, useRef, useState } from 'react'
import { addressOf } from '../../frame/addresses.ts'
import { useDraft } from '../../frame/draft.ts'
import { timeId } from '../../frame/ids.ts'
import { Link } from '../../frame/link.tsx'
import { useFacility } from '../../frame/session.ts'
import { useWords } from '../../frame/words.ts'
import { ChoiceField, TextField, WhenField } from '../../parts/field.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { WhereField } from '../../parts/where-field.tsx'
import { type AdmissionValues, newAdmission } from '../admit/values.ts'
import { admitWords } from '../admit/words.ts'
import type { GroupRow } from './group-row.ts'
import { columnsOf, ROWS_MAX, readTable, valuesOf } from './list.ts'
import { Preview } from './preview.tsx'
import { groupWords } from './words.ts'

/** A line of the list as an admission, with the id that its act will carry. */
/** Several people who came together, from a list: each is an admission of its own. */
export default function GroupPage() {
  const { code } = useFacility()
  const [turn, next] = useState(0)
  return code === '' ? null : <Group key={turn} onNext={() => next(turn + 1)} />
}

function Group({ onNext }: { readonly onNext: () => void }) {
  const w = useWords(groupWords)
  const a = useWords(admitWords)
  const facility = useFacility()
  const [base] = useState(() => newAdmission(facility.zone))
  const draft = useDraft('custody.admit.group', {
    text: '',
    since: base.since,
    handedBy: '',
    manner: '',
    place: '',
    papers: '',
  })
  const { text, since, handedBy, manner, place, papers } = draft.value
  const list = useList(text)
  // The answers stay when the draft is gone.
  const [sent, setSent] = useState<List>()
  const { rows, unknown, trouble } = sent ?? list
  const whole = { since, handedBy, manner, place, papers } as Partial<AdmissionValues>
  const file = useRef<HTMLInputElement>(null)
  const choose = async (chosen: File | undefined) => {
    if (chosen !== undefined) draft.change({ text: await textOf(chosen) })
  }
  return (
    <Page
      title={w.title}
      crumbs={[{ to: addressOf.people(), label: w.people }]}
      actions={
        <Link className="button" to={addressOf.admit()}>
          {w.one}
        </Link>
      }
    >
      {sent !== undefined ? null : (
        <>
          <Card title={w.list}>
            <div className="fields">
              <div className="whole stack">
                <TextField
                  name="list"
                  label={w.listLabel}
                  hint={w.listHow}
                  rows={6}
                  value={text}
                  onValue={(typed) => draft.change({ text: typed })}
                />
                <div className="row">
                  <button type="button" className="button" onClick={() => file.current?.click()}>
                    {w.file}
                  </button>
                  <input
                    ref={file}
                    type="file"
                    hidden
                    accept=".csv,.tsv,.txt,text/csv,text/plain"
                    aria-label={w.file}
                    onChange={(event) => void choose(event.target.files?.[0])}
                  />
                  <span className="support" aria-live="polite">
                    {trouble === 'many'
                      ? w.tooMany(ROWS_MAX)
                      : trouble === 'heads'
                        ? w.noHeads
                        : unknown.length === 0
                          ? null
                          : w.unknownHeads(unknown.join(', '))}
                  </span>
                </div>
              </div>
            </div>
          </Card>
          <Card title={w.whole}>
            <div className="fields">
              <WhenField
                name="occurredAt"
                label={a.since}
                value={since}
                onValue={(one) => draft.change({ since: one })}
              />
              <TextField
                name="staff.officials"
                label={a.handedBy}
                hint={a.handedHow}
                value={handedBy}
                onValue={(one) => draft.change({ handedBy: one })}
              />
              <ChoiceField
                name="act.manner"
                label={a.manner}
                value={manner}
                empty={a.notSaid}
                onValue={(one) => draft.change({ manner: one })}
                choices={(['arrest', 'transfer', 'surrender', 'return'] as const).map((one) => ({
                  value: one,
                  label: a[one],
                }))}
              />
              <WhereField
                name="place.place"
                label={a.place}
                hint={a.placeHow}
                empty={a.somewhere}
                value={place}
                onValue={(one) => draft.change({ place: one })}
              />
              <ChoiceField
                name="papers"
                label={a.papers}
                value={papers}
                empty={a.papersUnknown}
                onValue={(one) => draft.change({ papers: one })}
                choices={[{ value: 'none', label: a.paperNone }]}
                hint={papers === 'none' ? a.noPaper : a.unknownPaper}
              />
            </div>
          </Card>
        </>
      )}
      {rows.length === 0 ? null : (
        <Preview
          key={rows[0]?.id}
          rows={rows}
          whole={whole}
          onDone={() => {
            setSent(list)
            draft.clear()
          }}
          onNext={onNext}
        />
      )}
    </Page>
  )
}

type List = {
  readonly rows: readonly GroupRow[]
  readonly unknown: readonly string[]
  readonly trouble?: 'many' | 'heads'
}

/** The rows of a list, each with its own ids: made once for a text, so that sending it twice is one act each. */
function useList(text: string): List {
  const { zone } = useFacility()
  return useMemo(() => {
    const [head, ...lines] = readTable(text)
    if (head === undefined || lines.length === 0) return { rows: [], unknown: [] }
    const heads = columnsOf(head)
    const unknown = head.filter((cell, index) => heads[index] === undefined && cell !== '')
    if (heads.every((one) => one === undefined)) return { rows: [], unknown: [], trouble: 'heads' }
    if (lines.length > ROWS_MAX) return { rows: [], unknown, trouble: 'many' }
    return {
      rows: lines.map((cells) => ({ id: timeId(), values: valuesOf(cells, heads, head, newAdmission(zone)) })),
      unknown,
    }
  }, [text, zone])
}

/** UTF-8, or what older spreadsheets write where it is not: names keep their accents either way. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
