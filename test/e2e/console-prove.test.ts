// 'Prove it', as an inspector, an auditor and a registrar see it.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { checkPage, openConsole } from './console.ts'
import { tabTo } from './console-keyboard.ts'
import { ask } from './testing.ts'

const node = (left: string, right: string): string =>
  createHash('sha256')
    .update(Buffer.from([1]))
    .update(Buffer.from(left, 'hex'))
    .update(Buffer.from(right, 'hex'))
    .digest('hex')

test('the record proves itself in the console', async (t) => {
  const house = await openConsole(t)
  const custody = house.custodies[0] as string
  let entry = ''

  await t.test('an entry is found by kind and opened by keyboard; the way shown makes the root shown', async () => {
    const { page, errors } = await house.as('registrar', '/prove?kind=custody')
    const grid = page.getByRole('grid')
    await grid.waitFor()
    await page.getByRole('row').nth(3).waitFor()
    for (const kind of await page.locator('[role="row"] .mono').allTextContents()) assert.match(kind, /^custody\./)
    await grid.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/prove\/entries\/[0-9a-f-]{36}/)
    entry = page.url().split('/').at(-1) as string
    await page.locator('.proof-tree').waitFor()
    const rows = await page.locator('table tbody tr').evaluateAll((found) =>
      found.map((row) => ({
        side: row.children[1]?.textContent ?? '',
        hashes: [...row.querySelectorAll('.hash')].map((hash) => hash.textContent ?? ''),
      })),
    )
    const [leaf, ...steps] = rows
    let made = leaf?.hashes[0] as string
    assert.equal(made, (await envelopeHash(page)) as string, 'the leaf is made of the envelope')
    for (const { side, hashes } of steps) {
      const [sister, makes] = hashes as [string, string]
      made = side === 'izquierda' ? node(sister, made) : node(made, sister)
      assert.equal(made, makes)
    }
    const root = await page.locator('.facts dd').nth(1).textContent()
    assert.equal(made, root?.trim())
    assert.deepEqual(errors, [])
  })

  await t.test('sections by right: what a role may not open says so; an auditor opens none', async () => {
    const registrar = await house.as('registrar', `/prove/entries/${entry}`)
    const section = (name: string) => registrar.page.getByRole('region', { name, exact: true })
    await section('Médica').getByText('cerrada a su rol').waitFor()
    await section('Persona').getByText('nth', { exact: true }).waitFor()
    const auditor = await house.as('auditor', `/prove/entries/${entry}`)
    await auditor.page.locator('.proof-tree').waitFor()
    await auditor.page.getByText('cerrada a su rol').nth(6).waitFor()
    await auditor.page.getByText('no se le dice qué asientos lo cambian').waitFor()
  })

  await t.test('its receipt is checked in the page by the verifier, without a network once it is here', async () => {
    const { page } = await house.as('oversight', `/prove/entries/${entry}`)
    await page.getByRole('button', { name: /^Comprobar aquí/ }).click()
    await page.getByRole('heading', { name: 'Verificado' }).waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /^Guardar la prueba/ }).click(),
    ])
    const file = house.instance.path('entry.tlog-proof')
    await download.saveAs(file)
    const { code, stdout } = await house.instance.run(['verify', file, '--trust', house.instance.policy])
    assert.equal(code, 0, stdout)
  })

  await t.test(
    'an entry as an SD-JWT: of an unknown key, until the key that the record published is given',
    async () => {
      const { url } = house.server
      const handOut = async (id: string, form: 'sd-jwt' | 'tlog-proof', sections: readonly string[]) => {
        const body = JSON.stringify({ audience: 'court', form, sections })
        const answer = await ask(url, house.registrar, `/api/entries/${id}/receipt`, body)
        assert.equal(answer.status, 200, JSON.stringify(answer.body))
        const file = house.instance.path(`${id}.${form}`)
        await writeFile(file, answer.body as string)
        return file
      }
      const { body } = await ask(url, house.registrar, '/api/entries?kind=key')
      const keys: string[] = []
      for (const { id } of (body as { entries: { id: string }[] }).entries)
        keys.push(await handOut(id, 'tlog-proof', ['act']))
      const { page, context } = await house.visit('/verify')
      const choose = (label: RegExp, file: string) => page.getByLabel(label).setInputFiles(file)
      await choose(/^El archivo que se comprueba/, await handOut(entry, 'sd-jwt', ['person']))
      await page.getByText('No se eligió la clave del custodio').waitFor()
      await page.getByText('registro lo prueba su recibo').waitFor({ state: 'detached' })
      await choose(/^Su política/, house.instance.policy)
      const outcomes: string[] = []
      for (const key of keys) {
        await choose(/^Clave de promesas/, key)
        await page.getByText(`Elegido: ${key.split('/').at(-1)}`).waitFor()
        await page.locator('.worst h2', { hasText: /Verificado|No comprobado/ }).waitFor()
        outcomes.push((await page.locator('.worst h2').first().textContent()) ?? '')
      }
      assert.ok(outcomes.includes('Verificado'), `one of them is the custodian's: ${outcomes}`)
      await context.close()
    },
  )

  await t.test('a custody is asked for by its number, and the address keeps its id alone', async () => {
    const { body } = await ask(house.server.url, house.registrar, `/api/custodies/${custody}`)
    const { registerNumber } = body as { registerNumber: string }
    const { page } = await house.as('registrar', '/prove')
    await page.getByLabel('De la custodia con número').fill(registerNumber)
    await page.keyboard.press('Enter')
    await page.waitForURL(new RegExp(`custody=${custody}`))
    assert.ok(!page.url().includes(registerNumber), page.url())
    await page.getByRole('row').nth(1).waitFor()
  })

  await t.test('a correction is told on both entries', async () => {
    const { body } = await ask(house.server.url, house.registrar, `/api/custodies/${custody}/entries`)
    const { entries } = body as { entries: { id: string; kind: string; amends: string | null }[] }
    const note = entries.find(({ kind }) => kind === 'custody.admit' || kind === 'custody.recapture')
    assert.ok(note)
    const { page } = await house.as('registrar', `/prove/entries/${note.id}`)
    await page.getByText(/Nada cambió este asiento|Cambiado después por/).waitFor()
    await page.getByRole('link', { name: 'El expediente de la persona' }).waitFor()
  })

  await t.test('checkpoints and promises; the newest root is the one that the log serves', async () => {
    const { page } = await house.as('oversight', '/prove/checkpoints')
    await page.locator('table .hash').first().waitFor()
    await page.getByText('aún no nombra ningún testigo').waitFor()
    await page.getByText('El registro no conserva las promesas').waitFor()
    const note = await (await fetch(`${house.server.url}/log/checkpoint`)).text()
    const root = Buffer.from(note.split('\n')[2] as string, 'base64').toString('hex')
    await page.reload()
    await page.getByText(root).waitFor()
  })

  await t.test('an audit runs with its progress to its result; who may not run one is told why', async () => {
    const { page } = await house.as('oversight', '/prove/audit')
    await tabTo(page, /^Comenzar una auditoría/)
    await page.keyboard.press('Enter')
    await page.getByText(/^\s*No se encontró nada mal en/).waitFor()
    await page.getByText('Terminada').first().waitFor()
    const other = await house.as('registrar', '/prove/audit')
    await other.page.getByRole('heading', { level: 1, name: 'Su función no ve esto' }).waitFor()
  })

  await t.test('sound in both themes and languages', async () => {
    const visit = await house.as('oversight', '/prove')
    for (const address of ['/prove', `/prove/entries/${entry}`, '/prove/checkpoints', '/prove/audit']) {
      await visit.go(address)
      await checkPage(house, visit)
    }
  })
})

/** The leaf of the envelope that the page shows (RFC 6962 §2.1). */
async function envelopeHash(page: import('playwright-core').Page): Promise<string> {
  const shown = page.locator('details', { hasText: 'Sobre, del que se hace la hoja' })
  await shown.locator('summary').click()
  const envelope = (await shown.locator('code').textContent()) ?? ''
  return createHash('sha256')
    .update(Buffer.from([0]))
    .update(envelope)
    .digest('hex')
}
