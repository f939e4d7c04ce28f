import { z } from 'zod'
import { dataOf, defineAct } from '../../kernel/act.ts'
import { defineRefusals } from '../../kernel/refusal.ts'
import { refuseOwnProposal } from '../../record/four-eyes.ts'
import { CHANNELS, isAddress } from './address.ts'

const Channel = z.enum(CHANNELS)

export const { catalogue: noticeRefusals, refuse } = defineRefusals({
  'no-address': {
    sort: 'invalid',
    says: { en: 'This is no address of that channel.', es: 'Esto no es una dirección de ese canal.' },
    remedy: {
      en: 'Give name@host for mail, https://… for a webhook (http only to this machine).',
      es: 'Indique nombre@servidor para correo, https://… para un webhook (http solo a esta máquina).',
    },
  },
  'proposal-unknown': {
    sort: 'conflict',
    says: {
      en: 'There is no such proposal of an address, or it was withdrawn.',
      es: 'No existe tal propuesta de dirección, o fue retirada.',
    },
    remedy: {
      en: 'Give the entry of the proposal that oversight should agree to.',
      es: 'Indique el asiento de la propuesta que la supervisión debe aceptar.',
    },
  },
  'not-oversight': {
    sort: 'not-permitted',
    says: {
      en: 'Where oversight is reached, oversight alone agrees to.',
      es: 'Solo la supervisión acepta dónde se la avisa.',
    },
    remedy: {
      en: 'Have an officer of the oversight body agree.',
      es: 'Que la acepte un funcionario del órgano de supervisión.',
    },
  },
})

/** Where oversight is to be reached. Nothing changes until an officer of oversight has agreed. */
export const proposeAddress = defineAct({
  kind: 'notice.propose',
  v: 1,
  says: {
    en: 'An address for notices to oversight was proposed',
    es: 'Se propuso una dirección para los avisos a la supervisión',
  },
  about: 'house',
  sort: 'intention',
  permission: 'notice.propose',
  sections: {
    act: z.strictObject({ role: z.literal('oversight'), channel: Channel, address: z.string().min(3).max(500) }),
  },
  decide: ({ act }) => (isAddress(act.channel, act.address) ? undefined : refuse('no-address')),
  refusals: noticeRefusals,
})

/** Oversight agrees to a proposal: from now on its notices go there. */
export const agreeAddress = defineAct({
  kind: 'notice.agree',
  v: 1,
  says: {
    en: 'Oversight agreed to an address for its notices',
    es: 'La supervisión aceptó una dirección para sus avisos',
  },
  about: 'house',
  sort: 'intention',
  permission: 'notice.agree',
  sections: { act: z.strictObject({ proposal: z.uuid() }) },
  decide({ act }, { entries, actor }) {
    const proposal = entries.find(({ id, kind }) => id === act.proposal && kind === proposeAddress.kind)
    if (!proposal || dataOf(proposeAddress, proposal).act === undefined) return refuse('proposal-unknown')
    return refuseOwnProposal(proposal, actor) ?? (actor.role === 'oversight' ? undefined : refuse('not-oversight'))
  },
  refusals: noticeRefusals,
})

/** What became of a notice. The address stands in no entry; the bytes of the message neither. */
export const deliverNotice = defineAct({
  kind: 'notice.deliver',
  v: 1,
  says: { en: 'A notice was delivered, or could not be', es: 'Un aviso se entregó, o no pudo entregarse' },
  about: 'house',
  sort: 'fact',
  permission: 'service.record',
  sections: {
    act: z.strictObject({
      notice: z.uuid(),
      role: z.string(),
      channel: Channel,
      outcome: z.enum(['delivered', 'undelivered']),
      attempts: z.int().positive(),
      findings: z.int().nonnegative(),
    }),
  },
})

export const noticeActs = [proposeAddress, agreeAddress, deliverNotice] as const
