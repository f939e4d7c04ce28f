/** The return: the signed answer to a writ for one person at any instant. `return/` has its parts. */
export {
  findPublished,
  makeReturn,
  type Preview,
  previewReturn,
  type Return,
  type ReturnHouse,
  type ReturnRequest,
} from './return/make.ts'
export { makeNotHeld, type NotHeldRequest } from './return/not-held.ts'
export { makeReturnPdf } from './return/pdf/make.ts'
export { entriesOfAct, makeReceiptFile } from './return/receipt-file.ts'
export { makeEntrySdJwt } from './return/sd-jwt.ts'
