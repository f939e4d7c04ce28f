import { type DutyRule, dutyRules, findDutyRule } from '../../duties/read.ts'
import { peopleRule, type Rule, type RuleKind } from './rule.ts'

/** Duties that were missed: the rules of the catalogue whose measure is a clock. What they find is the register of duties. */

/** Late, or not to be judged, at an instant; what was settled in time is in no index and never found. */
const missed = (id: string) => `
select d.facility, d.custody, split_part(d.cause, '/', 1) as grp, case when d.cause is null then nullif(d.item, '') end as cause, d.due as since,
  case when d.unknown is null then 'fail' else 'unknown' end as state,
  jsonb_build_object('duty', d.duty, 'due', d.due) as evidence
from duty_of_custody d
where d.rule = '${id}' and (d.settled is null or d.settled > d.due) and d.due <= $1::timestamptz
  and (d.settled is null or d.settled > $1::timestamptz) and ($2::text is null or d.facility = $2)`

const until = (id: string) => `
select q.custody, q.since, min(d.settled) as until
from unnest($1::uuid[], $2::timestamptz[]) q(custody, since)
join duty_of_custody d on d.custody = q.custody and d.rule = '${id}' and d.due = q.since
group by q.custody, q.since`

type Words = DutyRule['says']

/** The sentence of the scorecard: that it is so for everybody. */
function dutyRule(id: string, kind: RuleKind, says: Words, mayBeUnknown = false): Rule {
  const duty = findDutyRule(id)
  if (duty === undefined) throw new Error(`no duty ${id}`)
  const { severity, citation, term } = duty
  return peopleRule({
    id,
    severity,
    kind,
    citation,
    // What is asked stands in the instrument; where the figure is ours, the parameter says so.
    origin: 'text',
    parameters: [{ name: 'term', value: term.en, origin: term.origin }],
    says,
    states: ['pass', 'fail', ...(mayBeUnknown ? (['unknown'] as const) : []), 'not_applicable'],
    members: missed(id),
    until: until(id),
  })
}

export const broughtBeforeJudge = dutyRule(
  'LAW-05',
  'T',
  {
    en: 'Everybody detained on a criminal charge is brought before a judge in person within 48 hours.',
    es: 'Toda persona detenida por una acusación penal comparece en persona ante un juez en 48 horas.',
  },
  true,
)

export const lawfulnessDecided = dutyRule('LAW-07', 'T', {
  en: 'A court decides without delay on each petition about the lawfulness of a detention.',
  es: 'Un tribunal decide sin demora cada petición sobre la legalidad de una detención.',
})

export const consularRightsTold = dutyRule(
  'CON-01',
  'T',
  {
    en: 'Every foreign national is told of consular rights without delay.',
    es: 'Toda persona extranjera conoce sin demora sus derechos consulares.',
  },
  true,
)

export const consulateTold = dutyRule('CON-02', 'T', {
  en: 'The consulate is told without delay whenever the person asks.',
  es: 'Se avisa sin demora al consulado siempre que la persona lo pide.',
})

export const familyTold = dutyRule('FAM-01', 'T', {
  en: 'The family is told after each admission and each transfer.',
  es: 'Se avisa a la familia tras cada ingreso y cada traslado.',
})

export const examinedSoon = dutyRule('HEL-01', 'U', {
  en: 'Everybody is examined by a health professional as soon as possible after admission.',
  es: 'Toda persona es examinada por personal de salud lo antes posible tras su ingreso.',
})

export const handedToJudge = dutyRule(
  'sv-judge',
  'N',
  {
    en: 'Everybody detained by the administration is handed over to the competent judge in time.',
    es: 'Toda persona detenida administrativamente es puesta a tiempo a la orden del juez competente.',
  },
  true,
)

export const inquiryInTime = dutyRule('sv-inquiry', 'N', {
  en: 'The judge orders release or provisional detention in time.',
  es: 'El juez decreta a tiempo la libertad o la detención provisional.',
})

export const provisionalInTime = dutyRule('sv-provisional', 'N', {
  en: 'Provisional detention does not last longer than the law allows, by its earliest reading.',
  es: 'La detención provisional no dura más de lo que permite la ley, en su lectura más temprana.',
})

const lastSteps = dutyRules.map(({ id, steps }) => `('${id}', ${steps.at(-1)?.afterHours ?? 0})`).join(', ')

/**
 * What has been late for so long that it is with somebody outside for good. One finding for each rule of duties: its
 * notice is how that somebody hears of it, so that a late duty never waits for anybody of the facility to pass it on.
 */
export const dutyEscalated: Rule = peopleRule({
  id: 'duty-escalated',
  severity: 'S2',
  kind: 'ours',
  citation: [{ instrument: 'Habeas', provision: 'what is late goes to somebody outside' }],
  origin: 'ours',
  says: {
    en: 'Nothing owed is late for so long that it is with somebody outside the facility.',
    es: 'Nada de lo debido lleva vencido tanto que haya pasado a alguien ajeno al establecimiento.',
  },
  states: ['pass', 'fail', 'not_applicable'],
  members: `
select d.facility, d.custody, d.rule as grp, d.rule as cause, d.due + make_interval(hours => s.hours) as since, 'fail' as state,
  '{}'::jsonb as evidence
from duty d join (values ${lastSteps}) s(rule, hours) on s.rule = d.rule
where (d.settled is null or d.settled > d.due) and d.unknown is null
  and d.due <= $1::timestamptz - make_interval(hours => s.hours)
  and (d.settled is null or d.settled > $1::timestamptz) and ($2::text is null or d.facility = $2)`,
})

/** Every duty whose miss is a finding of its own: those of severity 1 about people. */
export const dutyFindings: readonly Rule[] = [
  broughtBeforeJudge,
  lawfulnessDecided,
  consularRightsTold,
  consulateTold,
  familyTold,
  examinedSoon,
  handedToJudge,
  inquiryInTime,
  provisionalInTime,
  dutyEscalated,
]
