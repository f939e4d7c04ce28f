import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { deflateSync } from 'node:zlib'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import type { Statement } from '../../src/record/return-format.ts'
import { openBrowser, openPage } from '../../test/browser.ts'
import { nodePorts } from '../node.ts'
import { verifyReturn } from '../return.ts'
import { custodyEntry, HELD, keyEntry, makeReturn, policyOf, smallLog } from '../testing.ts'
import { buildPage } from './build.ts'

const examples = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
/** Set it to a folder to look at the page as the test saw it. */
const pictures = process.env.HABEAS_PICTURES

let browser: Browser
let folder: string
let address: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-page-'))
  const file = join(folder, 'habeas-verify.html')
  await writeFile(file, await buildPage())
  address = pathToFileURL(file).href
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(options: Parameters<typeof openPage>[1] = {}) {
  const opened = await openPage(browser, options)
  await opened.context.setOffline(true)
  const asked: string[] = []
  opened.page.on('request', (request) => asked.push(request.url()))
  await opened.page.goto(address)
  return { ...opened, asked }
}

const choose = (page: Page, label: string, file: string) => page.getByLabel(label).setInputFiles(file)
/** Waits for the verdict: a check takes a moment. */
async function sees(page: Page, verdict: string) {
  await page.locator('.verdict h2').filter({ hasText: verdict }).waitFor()
}

async function write(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

/** Nothing serious; nothing that scrolls sideways. */
async function assertGood(page: Page, name: string) {
  for (const theme of ['Claro', 'Noche']) {
    await page.getByRole('button', { name: theme }).click()
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    assert.deepEqual(
      grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      [],
      `${name}, ${theme}`,
    )
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
    const seen = await page.evaluate<number>('document.documentElement.clientWidth')
    assert.ok(wide <= seen, `${name} scrolls sideways: ${wide} > ${seen}`)
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}-${theme}.png`), fullPage: true })
  }
}

/** A return with a lapse, an unknown place, a statement that a later entry changed, and one that nobody can prove. */
async function manyStatements(): Promise<Uint8Array> {
  const entries = [
    ...smallLog(),
    custodyEntry(3, 'order.record', { legal: { issuer: 'Juzgado 3.º' }, act: {}, staff: {} }),
  ]
  const say = (id: string, es: string, state: Statement['state'], value: Statement['value'] = null): Statement => ({
    id,
    says: { es, en: es },
    value,
    state,
    evidence: [],
  })
  return makeReturn(
    entries,
    [
      HELD,
      {
        ...HELD,
        id: 'order',
        says: { es: 'Ordenó: Juzgado 3.º (sintético).', en: 'Ordered' },
        value: 'Juzgado 3.º',
        evidence: [{ index: 3, section: 'legal', pointer: '/issuer', equals: '' }],
      },
      say(
        'basis',
        'SIN BASE LEGAL, del 2 abr 2026 00:00 −06 al 14 abr 2026 09:00 −06, 12 días (297 horas).',
        'attested',
        { state: 'lapse' },
      ),
      say('where', 'Nadie puede decir dónde estuvo, del 18 ene 2026 00:00 −06 al 21 ene 2026 16:40 −06.', 'attested', {
        state: 'unknown',
      }),
      say('deprivation', 'No consta cuándo, dónde ni por quién fue privada de libertad.', 'not-proven'),
    ],
    3,
    (body) => {
      body.asked = {
        registerNumber: 'TEC-25-031208',
        at: '2026-04-14T15:00:00Z',
        known: null,
        made: '2026-04-14T15:12:00Z',
      }
      body.audience = 'court'
    },
  )
}

test('the page is one file that allows no connection, and its code passes the strict types of a browser', async () => {
  const page = await readFile(fileURLToPath(address), 'utf8')
  assert.equal(await buildPage(), page, 'the same sources give the same file')
  assert.match(
    page,
    /Content-Security-Policy" content="default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; connect-src 'none'/,
  )
  assert.doesNotMatch(page.replace(/<script[\s\S]*<\/script>/, ''), /(src|href)="/)
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
  const types = spawnSync(process.execPath, [compiler, '-p', 'verify/page', '--noEmit'], {
    cwd: root,
    encoding: 'utf8',
  })
  assert.equal(types.status, 0, types.stdout)
})

test('from a disk, without network: verified, unknown key, broken after one changed byte', async () => {
  const { page, context, errors, asked } = await open()
  const file = join(examples, 'return.jcs')
  await choose(page, 'El archivo que se comprueba', file)
  await sees(page, 'Clave desconocida')
  await page.getByText('No se eligió política de confianza').waitFor()
  await choose(page, 'Su política de confianza', join(examples, 'trust.policy'))
  await sees(page, 'Verificado')
  const held = page.getByRole('listitem').filter({ hasText: 'La persona está en la celda 3-14' })
  assert.match((await held.textContent()) ?? '', /Probado · asiento 2/)
  assert.match(
    (await page.getByRole('listitem').filter({ hasText: 'Estos son todos' }).textContent()) ?? '',
    /Afirmado/,
  )

  await choose(page, 'Su política de confianza', await write('other.policy', policyOf()))
  await sees(page, 'Clave desconocida')

  const bytes = await readFile(file)
  const at = bytes.indexOf('celda 3-14') + 8
  bytes[at] = (bytes[at] as number) ^ 1
  await choose(page, 'El archivo que se comprueba', await write('changed.json', bytes))
  await sees(page, 'Roto')
  await page.getByText('Una firma no corresponde').waitFor()
  assert.equal(await page.getByText('La persona está').count(), 0, 'the words of a broken file are not shown')
  assert.deepEqual(errors, [])
  assert.deepEqual(asked, [address], 'nothing was asked of any network')
  await context.close()
})

test('the page and the command find the same: each statement, its state and its entries', async () => {
  const bytes = await manyStatements()
  const judged = await verifyReturn(bytes, policyOf(), nodePorts)
  assert.equal(judged.verdict, 'verified')
  const { page, context } = await open()
  await choose(page, 'Su política de confianza', await write('many.policy', policyOf()))
  await choose(page, 'El archivo que se comprueba', await write('many.json', bytes))
  await sees(page, 'Verificado')
  const shown = await page
    .locator('.statements li')
    .evaluateAll((rows) =>
      rows.map((row) => [row.querySelector('.said')?.textContent, row.querySelector('.state')?.textContent]),
    )
  const words = { proven: 'Probado', attested: 'Afirmado', 'not-proven': 'No probado' }
  const expected = judged.statements.map(({ says, state, entries }) => [
    says.es,
    entries.length === 0 ? words[state] : `${words[state]} · asiento ${entries.join(', ')}`,
  ])
  assert.deepEqual(shown, expected)
  await assertGood(page, 'many')
  await context.close()
})

test('a receipt opens its sections; with the promise key its promise is checked; files may be dropped together', async () => {
  const { page, context, errors } = await open()
  // As a hand drops them: both at once, told apart by what is in them.
  const files = await Promise.all(
    ['receipt.tlog-proof', 'trust.policy'].map((name) => readFile(join(examples, name), 'utf8')),
  )
  const dropped = await page.evaluateHandle(
    `(() => {
      const transfer = new DataTransfer()
      for (const text of ${JSON.stringify(files)}) transfer.items.add(new File([text], 'dropped'))
      return transfer
    })()`,
  )
  await page.dispatchEvent('body', 'drop', { dataTransfer: dropped })
  await page.getByText('La promesa no se comprobó').waitFor()
  await sees(page, 'Verificado')
  await page.getByText('"cell": "3-14"').waitFor()
  await choose(page, 'Clave de promesas', join(examples, 'promise.key'))
  await page.getByText('La promesa está verificada.').waitFor()
  await choose(page, 'Clave de promesas', await write('wrong.key', `${Buffer.alloc(32, 7).toString('base64')}\n`))
  await page.getByRole('heading', { name: 'Roto' }).waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('at 360 px, by keyboard, in English, before and after: nothing serious, the focus is kept', async () => {
  const { page, context } = await open({ width: 360, height: 740, locale: 'en-GB' })
  await page.getByRole('heading', { level: 1, name: 'Check a return, without a network' }).waitFor()
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate('document.activeElement?.textContent'), 'To the result')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate('document.documentElement.lang'), 'es')
  assert.equal(await page.evaluate('document.activeElement?.id'), 'language-es', 'the focus stays on the switch')
  await assertGood(page, 'empty-360')
  await choose(page, 'Su política de confianza', await write('small.policy', policyOf()))
  await choose(page, 'El archivo que se comprueba', await write('small.json', await manyStatements()))
  await page.getByRole('heading', { name: 'Verificado' }).waitFor()
  await assertGood(page, 'many-360')
  const lie = makeReturn([keyEntry()], [HELD], null)
  await choose(page, 'El archivo que se comprueba', await write('lie.json', lie))
  await page.getByRole('heading', { name: 'Roto' }).waitFor()
  await assertGood(page, 'broken-360')
  await context.close()
})

/** As much of a PDF as the attached file needs. */
function pdfAround(file: Uint8Array): Buffer {
  const deflated = deflateSync(file)
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile /Length ${deflated.length} /Filter /FlateDecode >>\nstream\n`,
    ),
    deflated,
    Buffer.from('\nendstream\nendobj\n'),
  ])
}

test('a PDF, a policy that is none, a file that is nothing: each is said, none is an exception', async () => {
  const { page, context, errors } = await open()
  await choose(page, 'El archivo que se comprueba', await write('print.pdf', '%PDF-1.7\n'))
  await page.getByText('Este PDF no lleva ninguna respuesta adjunta').waitFor()
  await choose(page, 'Su política de confianza', join(examples, 'trust.policy'))
  await choose(
    page,
    'El archivo que se comprueba',
    await write('with.pdf', pdfAround(await readFile(join(examples, 'return.jcs')))),
  )
  await sees(page, 'Verificado')
  await page.getByText('Se comprobó el archivo firmado adjunto al PDF').waitFor()
  await choose(page, 'El archivo que se comprueba', await write('odd.txt', 'hola'))
  await sees(page, 'Roto')
  await choose(page, 'Su política de confianza', await write('odd.policy', 'trust everybody\n'))
  await sees(page, 'No comprobado')
  await assertGood(page, 'unreadable')
  assert.deepEqual(errors, [])
  await context.close()
})
