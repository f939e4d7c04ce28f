export type FormProps = {
  readonly custody: string
  readonly registerNumber: string
}
