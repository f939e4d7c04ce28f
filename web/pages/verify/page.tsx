import { useEffect, useId, useRef, useState } from 'react'
import { check, type Files, kindOf, type Outcome } from '../../../verify/page/browser/check.ts'
import { PAGE_WORDS } from '../../../verify/page/browser/words.ts'
import { addressOf } from '../../frame/addresses.ts'
import { useSession } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Card, Page } from '../../parts/page.tsx'
import { Fault } from '../../parts/states.tsx'
import { readHousePolicy } from './policy.ts'
import { Result } from './result.tsx'
import { TrustedKeys } from './trusted.tsx'
import { verifyWords } from './words.ts'

type Chosen = { readonly name: string; readonly bytes: Uint8Array }
type Given = { readonly name: string; readonly bytes: Uint8Array; readonly kind?: keyof Files | undefined }
type Choice = Partial<Record<keyof Files, Chosen>>

/** The offline verifier within the console: the same checks as `habeas verify`, by the same code, in this page. */
export default function VerifyPage() {
  const w = useWords(verifyWords)
  const { language } = useLanguage()
  const words = PAGE_WORDS[language]
  const session = useSession()
  const [chosen, choose] = useState<Choice>({})
  // Files may be chosen one while another is still being read.
  const latest = useRef<Choice>({})
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'waiting' })
  const [fault, setFault] = useState<unknown>()
  const turn = useRef(0)

  /** Of several checks under way the last one counts. */
  const take = async (files: readonly Given[]) => {
    const mine = ++turn.current
    const next = { ...latest.current }
    for (const { name, bytes, kind } of files) next[kind ?? kindOf(bytes)] = { name, bytes }
    latest.current = next
    choose(next)
    try {
      const found = await check(
        Object.fromEntries(Object.entries(next).map(([kind, { bytes }]) => [kind, bytes])) as Files,
      )
      if (mine !== turn.current) return
      setOutcome(found)
      setFault(undefined)
    } catch (error) {
      setFault(error)
    }
  }
  const takeFiles = async (files: readonly File[], kind?: keyof Files) =>
    take(
      await Promise.all(
        files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), kind })),
      ),
    )
  useDrop((files) => void takeFiles(files))

  const trustHouse = async () => {
    try {
      await take([{ name: w.ownName, bytes: await readHousePolicy(), kind: 'policy' }])
    } catch (error) {
      setFault(error)
    }
  }
  const picker = (kind: keyof Files, label: string, help: string) => (
    <Picker
      label={label}
      help={help}
      chosen={chosen[kind]?.name ?? words.none}
      onFile={(file) => void takeFiles([file], kind)}
    />
  )
  return (
    <Page
      title={words.title}
      {...(session.data ? { crumbs: [{ to: addressOf.prove(), label: w.crumb }] } : {})}
      lines={<p className="label">{`${words.lead} ${w.offline}`}</p>}
    >
      <div className="beside">
        <div className="stack" aria-live="polite">
          {fault === undefined ? null : <Fault error={fault} />}
          <Result outcome={outcome} />
          <Card title={words.limits}>
            <div className="card-body">
              <p>{words.limitsText}</p>
            </div>
          </Card>
        </div>
        <div className="stack">
          <Card title={words.drop}>
            <div className="card-body stack">
              {picker('file', words.file, words.fileHelp)}
              {picker('policy', words.policy, words.policyHelp)}
              <div>
                <button type="button" className="button small" onClick={() => void trustHouse()}>
                  {w.own}
                </button>
                <p className="support">{w.ownHelp}</p>
              </div>
              {picker('key', words.key, words.keyHelp)}
            </div>
          </Card>
          <TrustedKeys
            policy={chosen.policy?.bytes}
            {...(chosen.policy === undefined ? {} : { from: chosen.policy.name })}
          />
        </div>
      </div>
    </Page>
  )
}

function Picker(props: {
  readonly label: string
  readonly help: string
  readonly chosen: string
  readonly onFile: (file: File) => void
}) {
  const { language } = useLanguage()
  const words = PAGE_WORDS[language]
  const id = useId()
  return (
    <div className="picker">
      <h3 id={`${id}-label`}>{props.label}</h3>
      <p className="support" id={`${id}-help`}>
        {props.help}
      </p>
      <label className="button small">
        {/* The browser's own button speaks the browser's language. */}
        <input
          type="file"
          className="hidden-visually"
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-help ${id}-name`}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file !== undefined) props.onFile(file)
          }}
        />
        {words.choose}
      </label>{' '}
      <span className="support" id={`${id}-name`}>{`${words.chosen}: ${props.chosen}`}</span>
    </div>
  )
}

/** Files dropped anywhere on the page. */
function useDrop(onFiles: (files: readonly File[]) => void): void {
  const latest = useRef(onFiles)
  latest.current = onFiles
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault()
    const drop = (event: DragEvent) => {
      event.preventDefault()
      latest.current([...(event.dataTransfer?.files ?? [])])
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    }
  }, [])
}
