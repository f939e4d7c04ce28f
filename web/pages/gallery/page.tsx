import { useState } from 'react'
import { useWords } from '../../frame/words.ts'
import { FactList } from '../../parts/facts.tsx'
import { ChoiceField } from '../../parts/field.tsx'
import { Figure, Figures } from '../../parts/figure.tsx'
import { Consequence, Proposal } from '../../parts/grave.tsx'
import { MissingList } from '../../parts/lines.tsx'
import { Mark, type MarkKind, markWords } from '../../parts/mark.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { type Lane, SpanBand } from '../../parts/span-band.tsx'
import { Empty, NotLive, NotMeasured, Stale } from '../../parts/states.tsx'
import { BasisTag, ProofMark } from '../../parts/tags.tsx'
import { Amount, LegalEnd, When } from '../../parts/when.tsx'
import { galleryWords } from './words.ts'

const noon = (date: string) => `${date}T18:00:00Z`
const NOW = noon('2026-04-14')
const refused = {
  title: '',
  status: 409,
  code: 'order-in-force',
  says: {
    en: 'Order O-131022 is in force until 13 Sep 2026.',
    es: 'La orden O-131022 sigue en vigor hasta el 13 sep 2026.',
  },
  remedy: { en: 'Record the release order first.', es: 'Registre antes la orden de libertad.' },
  details: {},
  requestId: '',
  fields: [],
}

/** Every part with invented people, to be looked at beside the pictures: both themes, both languages. */
export default function GalleryPage() {
  const w = useWords(galleryWords)
  const names = useWords(markWords)
  const [manner, setManner] = useState('served')
  const lanes: readonly Lane[] = [
    {
      label: w.basisLane,
      height: 'high',
      spans: [
        { from: noon('2025-09-15'), to: noon('2025-09-18'), state: 'order' },
        { from: noon('2025-09-18'), to: noon('2025-09-26'), state: 'unknown', text: w.unknown8 },
        { from: noon('2025-09-26'), to: noon('2026-02-02'), state: 'order', text: w.remand },
        { from: noon('2026-02-02'), to: noon('2026-02-20'), state: 'disputed', text: w.disputed18 },
        { from: noon('2026-02-20'), to: noon('2026-04-02'), state: 'order' },
        { from: noon('2026-04-02'), to: NOW, state: 'lapse', text: w.lapse },
        { from: NOW, to: null, state: 'lapse-to-come' },
      ],
    },
    {
      label: w.orders,
      spans: [
        { from: noon('2025-09-15'), to: noon('2025-09-18'), state: 'context', text: 'O-118204' },
        { from: noon('2025-09-26'), to: noon('2026-02-20'), state: 'context', text: 'O-119377' },
        { from: noon('2026-02-02'), to: noon('2026-04-02'), state: 'context', text: 'O-124410' },
      ],
    },
    {
      label: w.duties,
      marks: [
        { at: noon('2025-09-18'), kind: 'missed', text: w.judge },
        { at: noon('2026-01-10'), kind: 'done', text: w.duties },
        { at: noon('2026-04-18'), kind: 'soon', text: w.duties },
      ],
    },
  ]
  return (
    <Page title={w.title} lines={<p className="label">{w.intro}</p>}>
      <Card title={w.marks}>
        <ul className="columns card-body">
          {(Object.keys(names) as MarkKind[]).map((kind) => (
            <li key={kind} className="row">
              <Mark kind={kind} size={20} /> {names[kind]}
            </li>
          ))}
        </ul>
      </Card>
      <Card title={w.figures}>
        <div className="card-body stack">
          <Figures label={w.figures}>
            <Figure label={w.held} value={39_986} />
            <Figure label={w.held} value="unknown" mark="unknown" />
            <Figure label={w.temperature} value={34.8} unit="°C" digits={1} />
          </Figures>
          <div className="row">
            <BasisTag state="order" />
            <BasisTag state="lapse" since={noon('2026-04-02')} />
            <BasisTag state="unknown" />
            <BasisTag state="disputed" />
            <ProofMark state="proven" n={2_847_140} />
            <ProofMark state="attested" />
            <ProofMark state="not-proven" />
          </div>
          <div className="row">
            <When at={NOW} weekday /> · <When at={NOW} precision="hour" /> · <LegalEnd date="2026-04-01" inclusive /> ·{' '}
            <Amount value={1.54} unit="m²" digits={2} />
          </div>
        </div>
      </Card>
      <SpanBand title={w.basis} from={noon('2025-09-01')} to={noon('2026-11-01')} now={NOW} lanes={lanes} />
      <div className="columns">
        <Card title={w.facts}>
          <FactList
            facts={[
              { label: w.born, value: <LegalDay />, before: '1983', correctedAt: NOW, reason: w.reason, n: 2_847_140 },
              { label: w.language, value: 'unknown' },
              { label: w.order, value: 'missing' },
              { label: w.removed, value: '', expunged: {} },
            ]}
          />
        </Card>
        <Card title={w.missing}>
          <MissingList
            items={[
              { what: w.order, whoCan: w.court, mark: 's1', opens: 'LAW-01' },
              { what: w.born, whoCan: w.court, by: <When at={NOW} precision="day" /> },
            ]}
          />
        </Card>
        <Card title={w.refusal}>
          <div className="card-body">
            <ChoiceField
              name="legal.as"
              label={w.leave}
              value={manner}
              onValue={setManner}
              empty={null}
              choices={[{ value: 'served', label: w.served }]}
              refusal={refused}
              remedies={
                <button type="button" className="button small">
                  {w.release}
                </button>
              }
            />
          </div>
        </Card>
      </div>
      <div className="columns">
        <Card title={w.states}>
          <Empty what={w.nobody}>{w.checked}</Empty>
        </Card>
        <Card label={w.temperature}>
          <NotMeasured needs={w.globe} />
          <p className="card-body">
            <Stale last="27.9 °C" at={NOW} />
          </p>
          <div className="card-body">
            <NotLive heardAt={NOW} />
          </div>
        </Card>
        <Proposal
          title={w.count}
          proposer={w.officer}
          proposedAt={NOW}
          mayConfirm
          hasStepUp
          figures={[
            { label: w.expected, value: <Amount value={39_986} /> },
            { label: w.counted, value: <Amount value={39_985} /> },
          ]}
          onConfirm={() => {}}
          onRefuse={() => {}}
        />
      </div>
      <Consequence verb={w.recordDeath} hasStepUp onConfirm={() => {}} onNotYet={() => {}}>
        {w.death}
      </Consequence>
    </Page>
  )
}

const LegalDay = () => <When at={noon('1982-02-09')} precision="day" />
