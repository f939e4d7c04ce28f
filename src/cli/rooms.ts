import { room as access } from '../access/room.ts'
import { room as signIn } from '../access/sign-in/room.ts'
import { room as custody } from '../custody/room.ts'
import { routes as custodyRoutes } from '../custody/routes.ts'
import { room as duties } from '../duties/room.ts'
import { routes as dutyRoutes } from '../duties/routes.ts'
import { room as intake } from '../intake/room.ts'
import type { Route } from '../kernel/contract.ts'
import type { Room } from '../kernel/register.ts'
import { room as release } from '../law/release/room.ts'
import { routes as releaseRoutes } from '../law/release/routes.ts'
import { room as law } from '../law/room.ts'
import { routes as lawRoutes } from '../law/routes.ts'
import { room as sentences } from '../law/sentences/room.ts'
import { routes as sentenceRoutes } from '../law/sentences/routes.ts'
import { room as oversight } from '../oversight/room.ts'
import { room as people } from '../people/room.ts'
import { routes as peopleRoutes } from '../people/routes.ts'
import { room as places } from '../places/room.ts'
import { routes as placeRoutes } from '../places/routes.ts'
import { room as notices } from '../platform/notices/room.ts'
import { recordActs, recordRefusals } from '../record/acts.ts'
import { room as standards } from '../standards/room.ts'
import { routes as standardRoutes } from '../standards/routes.ts'

/** The record's own acts: corrections, withdrawals, keys, migrations, what a device was refused. */
const record: Room = { name: 'record', acts: recordActs, registers: [], refusals: recordRefusals }

/** Every room of the program. A new room is added here, and nowhere else. */
export const rooms: readonly Room[] = [
  record,
  people,
  places,
  custody,
  law,
  release,
  sentences,
  duties,
  standards,
  oversight,
  intake,
  notices,
  access,
  signIn,
]

/** What the rooms answer. */
export const routes: readonly Route[] = [
  ...placeRoutes,
  ...peopleRoutes,
  ...custodyRoutes,
  ...lawRoutes,
  ...releaseRoutes,
  ...sentenceRoutes,
  ...dutyRoutes,
  ...standardRoutes,
]
