// The return, from its preview to a court's own check: by keyboard alone, signed with a passkey, verified offline.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { checkPage, openConsole, settled } from './console.ts'
import { tabTo, withAuthenticator } from './console-keyboard.ts'
import { ask } from './testing.ts'

const AT = '2026-09-01T00:00:00Z'

test('the return in the console', async (t) => {
  const house = await openConsole(t)
  const { instance, custodies } = house
  const custody = custodies[0] as string
  const verify = (file: string) => instance.run(['verify', file, '--trust', instance.policy])
  let signed = ''

  await t.test(
    'by keyboard alone: addressee, passkey, signature, both files; `habeas verify` passes them',
    async () => {
      const { page, context, errors } = await house.signIn('registrar', `/people/${custody}/return`)
      await withAuthenticator(context, page)
      await page.getByText('Borrador: sin firmar').waitFor()
      await tabTo(page, /^Destinatario/)
      await page.keyboard.press('ArrowDown')
      await page.waitForURL(/audience=counsel/)
      await page.getByText('Se responde a Defensa').waitFor()
      await page.keyboard.press('ArrowUp')
      await page.waitForURL(/audience=court/)
      await page.getByText('Se responde a Tribunal').waitFor()
      await tabTo(page, /Registrar una llave/)
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Firmar con llave de acceso' }).waitFor()
      const unread = page.getByRole('checkbox', { name: /^He leído/ })
      if ((await unread.count()) > 0) {
        await page.getByRole('heading', { level: 1 }).focus()
        await tabTo(page, /^He leído/)
        await page.keyboard.press('Space')
      }
      await page.getByRole('heading', { level: 1 }).focus()
      await tabTo(page, /^Firmar con llave/)
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: /^Descargar JSON/ }).waitFor()
      for (const [name, extension] of [
        ['Descargar JSON', 'json'],
        ['Descargar PDF', 'pdf'],
      ] as const) {
        await page.getByRole('heading', { level: 1 }).focus()
        await tabTo(page, new RegExp(`^${name}`))
        const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
        assert.match(download.suggestedFilename(), new RegExp(`^return-[A-Z0-9-]+\\.${extension}$`))
        const file = instance.path(`by-console.${extension}`)
        await download.saveAs(file)
        const { code, stdout } = await verify(file)
        assert.equal(code, 0, stdout)
      }
      signed = await readFile(instance.path('by-console.json'), 'utf8')
      await page.getByRole('heading', { level: 1 }).focus()
      await tabTo(page, /^Comprobar aquí/)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Verificado' }).waitFor()
      // The one request that the server answers with 401 is the one that asks for the passkey.
      assert.deepEqual(
        errors.filter((error) => !error.includes('401')),
        [],
      )
      await context.close()
    },
  )

  await t.test(
    'pages and file are one signature over what was shown: the instant, the entries, the addressee',
    async () => {
      const { page, context } = await house.signIn('registrar', `/people/${custody}/return?at=${AT}&audience=family`)
      await withAuthenticator(context, page)
      await page.getByText('Aquí solo se firma la respuesta').waitFor()
      await page.getByText('Se responde a Familia').waitFor()
      await page.goto(`${house.url}/sessions`)
      await page.getByRole('button', { name: /Registrar una llave/ }).click()
      await page.getByRole('cell', { name: 'vale' }).nth(1).waitFor()
      await page.goto(`${house.url}/people/${custody}/return?at=${AT}&audience=family`)
      await page.getByText('Se responde a Familia').waitFor()
      const button = page.getByRole('button', { name: /^Firmar con llave/ })
      assert.equal(
        await button.getAttribute('aria-disabled'),
        'true',
        'first one says that one has read what is not proven',
      )
      const shown = await page.locator('.statement .said').allInnerTexts()
      await page.getByRole('checkbox', { name: /^He leído/ }).check()
      await page.getByRole('checkbox', { name: /imprimir/ }).uncheck()
      await button.click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: /^Descargar JSON/ }).click(),
      ])
      const file = instance.path('family.json')
      await download.saveAs(file)
      const { return: body } = JSON.parse(await readFile(file, 'utf8'))
      assert.equal(Temporal.Instant.compare(body.asked.at, AT), 0)
      assert.equal(typeof body.asked.known, 'number')
      assert.equal(body.audience, 'family')
      const said = new Set(body.statements.map(({ says }: { says: { es: string } }) => says.es))
      assert.deepEqual(new Set(shown), said, 'what was shown is what was signed')
      assert.equal((await verify(file)).code, 0)
      await context.close()
    },
  )

  await t.test(
    'the verifier says which keys it trusts, works without a network, and one changed byte breaks the file',
    async () => {
      // Nobody needs to sign in to check a file.
      const { page, context } = await house.visit('/verify')
      await page.getByText('No hay política elegida').waitFor()
      const good = instance.path('good.json')
      const bad = instance.path('bad.json')
      await writeFile(good, signed)
      await writeFile(
        bad,
        signed.replace('"held":true', '"held":tru3').replace('"state":"attested"', '"state":"proven"'),
      )
      await context.setOffline(true)
      const choose = (label: string, path: string) => page.getByLabel(label, { exact: true }).setInputFiles(path)
      await choose('El archivo que se comprueba', good)
      await page.getByRole('heading', { name: 'Clave desconocida' }).waitFor()
      await choose('Su política de confianza', instance.policy)
      await page.getByRole('heading', { name: 'Verificado' }).waitFor()
      await page.locator('.statement').first().waitFor()
      await page
        .getByText(/habeas\.example/)
        .first()
        .waitFor()
      await choose('El archivo que se comprueba', bad)
      await page.getByRole('heading', { name: 'Roto' }).waitFor()
      assert.equal(await page.locator('.statement').count(), 0, 'the words of a broken file are not repeated')
      await context.setOffline(false)
      await page.getByRole('button', { name: /Confiar en lo que esta casa dice/ }).click()
      await page.getByText('Elegido: de esta casa').waitFor()
      await context.close()
    },
  )

  await t.test('a preview is no return; who may not issue one is told so', async () => {
    const { body: held } = await ask(house.server.url, house.registrar, `/api/custodies/${custody}`)
    const path = `/api/returns/${(held as { registerNumber: string }).registerNumber}/preview`
    const { status, body } = await ask(house.server.url, house.registrar, path, '{}')
    assert.equal(status, 200)
    assert.equal((body as { signed: boolean }).signed, false)
    await writeFile(instance.path('preview.json'), JSON.stringify(body))
    assert.equal((await verify(instance.path('preview.json'))).code, 1)
    const { page, context } = await house.signIn('module-officer', `/people/${custody}/return`)
    await page.getByRole('heading', { level: 1, name: 'Su función no ve esto' }).waitFor()
    assert.equal(await page.getByRole('button', { name: /^Firmar/ }).count(), 0)
    await context.close()
  })

  await t.test('return and verifier in both themes and languages; at 360 px nothing scrolls sideways', async () => {
    const visit = await house.signIn('registrar', `/people/${custody}/return`)
    await checkPage(house, visit)
    await visit.go('/verify')
    await checkPage(house, visit)
    await visit.context.close()
    const small = await house.signIn('registrar', `/people/${custody}/return`, { width: 360, height: 740 })
    for (const address of [`/people/${custody}/return`, '/verify', '/sessions']) {
      await small.go(address)
      await settled(small.page)
      const [wide, seen] = await small.page.evaluate(() => {
        const main = document.querySelector('#main') as HTMLElement
        return [main.scrollWidth, main.clientWidth]
      })
      assert.equal(wide, seen, `${address} scrolls sideways`)
    }
    await small.context.close()
  })
})
