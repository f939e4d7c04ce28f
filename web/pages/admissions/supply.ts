/**
 * The act by which something missing is supplied. What only the admission itself says (when and where liberty was taken,
 * children, the hour) is supplied by correcting its entry, so there is no act here.
 */
export function supplyingAct(code: string): string | undefined {
  return acts[code]
}

const acts: Readonly<Record<string, string>> = {
  name: 'person.describe',
  birth: 'person.describe',
  sex: 'person.describe',
  nationality: 'person.describe',
  identifier: 'person.describe',
  likeness: 'person.photograph',
  ordered: 'order.record',
  grounds: 'order.record',
  supervises: 'responsibility.record',
  runs: 'responsibility.record',
  examined: 'health.record',
  fitness: 'health.record',
  injuries: 'health.record',
  'ill-treatment': 'health.record',
  property: 'property.list',
  'emergency-contact': 'person.contact',
  'next-of-kin': 'person.contact',
}
