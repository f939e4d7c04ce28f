import { useWords } from '../../frame/words.ts'
import { type MissingItem, MissingList } from '../../parts/lines.tsx'
import { Card } from '../../parts/page.tsx'
import { missingWords } from '../terms.ts'
import { type FieldCode, supplierOf } from './missing.ts'
import { type AdmissionValues, isOrderWhole } from './values.ts'
import { admitWords } from './words.ts'

/** What will be listed as missing, with who can supply it. The order comes first: without it a finding opens. */
export function Missing({ values, lacks }: { readonly values: AdmissionValues; readonly lacks: readonly FieldCode[] }) {
  const w = useWords(admitWords)
  const names = useWords(missingWords)
  const order: readonly MissingItem[] = isOrderWhole(values)
    ? []
    : [
        values.papers === 'none'
          ? { what: w.orderMissing, whoCan: w.court, mark: 's1', note: w.orderMissingNote }
          : { what: w.orderMissing, whoCan: w.court, mark: 'unknown', note: w.basisUnknownNote },
      ]
  const items = lacks.map((code): MissingItem => ({ what: capital(names[code]), whoCan: w[supplierOf[code]] }))
  return (
    <Card title={w.missing} aside={<span className="support">{w.noneBlocks(lacks.length)}</span>}>
      <MissingList items={[...order, ...items]} />
    </Card>
  )
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
