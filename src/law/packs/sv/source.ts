/** V: read in the source named · M: from memory or the press, to be checked · D: worked out from a source's figures. */
export type Mark = 'V' | 'M' | 'D'

/** Where a rule comes from, and how sure we are that it says so. */
export type Source = { readonly cite: string; readonly mark: Mark }
