/** The return: the signed answer to a writ for one person at any instant. `return/` has its parts. */
export { makeReturn, type Return, type ReturnHouse, type ReturnRequest } from './return/make.ts'
export { makeNotHeld, type NotHeldRequest } from './return/not-held.ts'
