// Loaded before the program (`node --import`) by the torture: moves the time that the program sees. PostgreSQL keeps the
// machine's. On SIGUSR2 the offset in milliseconds is read again from the file that FAULTS_CLOCK names.
import { readFileSync } from 'node:fs'

const file = process.env.FAULTS_CLOCK
if (file !== undefined) {
  const machine = Temporal.Now.instant.bind(Temporal.Now)
  const read = () => Number(readFileSync(file, 'utf8'))
  let offsetMs = read()
  process.on('SIGUSR2', () => {
    offsetMs = read()
  })
  Object.defineProperty(Temporal.Now, 'instant', { value: () => machine().add({ milliseconds: offsetMs }) })
}
