// Signing in by OpenID Connect at a provider of another author's, in a browser, with script on and off: everybody's provider
// with a client secret, the staff's with private_key_jwt and a level that is the second factor; linking, turning back,
// signing out at the provider, and a provider that is gone.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { launch, openWindow, words } from './support/browser.mjs'
import { startPortal } from './support/portal.mjs'
import { Provider, newKey } from './support/provider.mjs'

const KEY = newKey('portal-1')
const MODES = ['script on', 'script off']

let portal
let browser
let eleg
let bra

before(async () => {
  eleg = await new Provider().start({ domain: 'example.se' })
  bra = await new Provider().start({ domain: 'bra.example', acr: 'hog' })
  portal = await startPortal({
    env: { PORTAL_OPENID_SECRET_ELEG: 'hemlig' },
    file: async (base, folder) => {
      await writeFile(path.join(folder, 'nyckel.pem'), KEY.pem)
      return `
        [[openid]]
        id = "eleg"
        name = "E-legitimation"
        kind = "applicant"
        issuer = "${eleg.origin}"
        client_id = "portal"

        [[openid]]
        id = "bra"
        name = "Brå-konto"
        kind = "staff"
        issuer = "${bra.origin}"
        client_id = "portal"
        client_key_file = "${path.join(folder, 'nyckel.pem')}"
        client_key_id = "portal-1"
        acr_values = ["hog"]
      `
    },
  })
  const client = (id) => ({
    client_id: 'portal',
    redirect_uris: [`${portal.base}/logga-in/openid/${id}`],
    backchannel_logout_uri: `${portal.base}/logga-in/openid/${id}/utloggad`,
    backchannel_logout_session_required: true,
  })
  eleg.register({ ...client('eleg'), client_secret: 'hemlig', token_endpoint_auth_method: 'client_secret_basic' })
  bra.register({
    ...client('bra'),
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [KEY.public] },
  })
  browser = await launch()
})

after(async () => {
  await browser?.close()
  await portal?.stop()
  await eleg?.stop()
  await bra?.stop()
})

const open = (mode) => openWindow(browser, portal.base, mode, {}, [eleg.origin, bra.origin])

/** Presses a button of the portal's and says at the provider who one is. */
async function go(page, button, who, then = 'Fortsätt') {
  await page.getByRole('button', { name: button, exact: true }).click()
  await page.getByLabel('Namn').fill(who)
  await page.getByRole('button', { name: then }).click()
}

const at = (page) => new URL(page.url()).pathname

for (const mode of MODES) {
  const anna = mode === 'script on' ? 'anna' : 'ada'

  test(`someone new comes by an e-identity, and signs out at the provider: ${mode}`, async () => {
    const { context, page, notes } = await open(mode)
    await page.goto('/mina-sidor/uppgifter')
    await go(page, 'Logga in med E-legitimation', anna)
    assert.equal(at(page), '/mina-sidor/uppgifter')
    assert.equal(await page.getByLabel('För- och efternamn').inputValue(), `${anna} Ek`)
    assert.deepEqual(eleg.exchanged.at(-1), { client: 'portal', method: 'client_secret_basic', verifier: true })

    const other = await open(mode)
    await other.page.goto('/logga-in')
    await go(other.page, 'Logga in med E-legitimation', anna)
    assert.equal(at(other.page), '/mina-sidor', 'the same account from another browser')

    await page.goto(`${eleg.origin}/session/end`)
    await page.getByRole('button', { name: 'Logga ut' }).click()
    await page.waitForURL(/session\/end\/success/)
    assert.deepEqual(eleg.failed, [])
    assert.equal(eleg.told.at(-1), anna)
    await page.goto('/mina-sidor')
    assert.equal(at(page), '/logga-in', 'signed out at the provider is signed out here')
    await other.page.goto('/mina-sidor')
    assert.equal(at(other.page), '/mina-sidor', 'the session in the other browser is another')
    assert.deepEqual([...notes, ...other.notes], [])
    await other.context.close()
    await context.close()
  })

  test(`a colleague comes by the agency's provider, which is the second factor: ${mode}`, async () => {
    const { context, page, notes } = await open(mode)
    await page.goto('/logga-in')
    await go(page, 'Logga in med Brå-konto', 'amina')
    assert.equal(at(page), '/mina-sidor')
    assert.deepEqual(bra.exchanged.at(-1), { client: 'portal', method: 'private_key_jwt', verifier: true })
    await page.goto('/handlaggare/anvandare/ny')
    assert.equal(at(page), '/handlaggare/anvandare/ny')
    assert.deepEqual(notes, [])
    await context.close()

    const stranger = await open(mode)
    await stranger.page.goto('/logga-in')
    await go(stranger.page, 'Logga in med Brå-konto', 'okand')
    assert.match(await words(stranger.page.locator('main')), /Det finns ingen medarbetare i portalen med din e-postadress/)
    assert.deepEqual(stranger.notes, [])
    await stranger.context.close()
  })

  test(`whoever turns back at the provider is told so, and one links a provider to one's own account: ${mode}`, async () => {
    const { context, page, notes } = await open(mode)
    const rut = mode === 'script on' ? 'Rut Redaktör' : 'Lars Lager'
    await page.goto('/en/logga-in')
    await page.getByRole('button', { name: 'Sign in with E-legitimation' }).click()
    await page.getByRole('button', { name: 'Avbryt' }).click()
    assert.match(await words(page.locator('main')), /The sign-in was cancelled/, 'in the language in which it began')

    await page.goto('/logga-in')
    await page.getByRole('radio', { name: rut }).check()
    // The applicants of the demonstration have a button of the same name below.
    await page.getByRole('button', { name: 'Logga in', exact: true }).first().click()
    await page.goto('/mina-sidor/inloggningssatt')
    await go(page, 'Lägg till E-legitimation', `${anna}-privat`)
    assert.equal(at(page), '/mina-sidor/inloggningssatt')
    assert.match(await words(page.locator('main')), /Inloggningssättet är tillagt/)
    const later = await open(mode)
    await later.page.goto('/logga-in')
    await go(later.page, 'Logga in med E-legitimation', `${anna}-privat`)
    assert.match(await words(later.page.locator('main')), new RegExp(`Du är inloggad som ${rut}`))
    assert.deepEqual([...notes, ...later.notes], [])
    await later.context.close()
    await context.close()
  })
}

test('portal doctor asks the providers', async () => {
  assert.match(await portal.command('doctor').catch((error) => error.stdout), /ok {5}providers of sign-in: eleg answers, 1 keys; bra answers/)
})

test('a provider that is gone is said to be, and the mail is still there', async () => {
  await eleg.stop()
  const { context, page } = await open('script off')
  // What was learnt of it is kept for an hour; a restart forgets it.
  await portal.end()
  await portal.start()
  await page.goto('/logga-in')
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.getByRole('button', { name: 'Logga in med E-legitimation' }).click(),
  ])
  assert.equal(answer.status(), 503)
  assert.match(await words(page.locator('main')), /E-legitimation svarar inte just nu/)
  await page.goto('/logga-in')
  await page.getByLabel('E-postadress').fill('anna@example.se')
  await page.getByRole('button', { name: 'Skicka länk och kod' }).click()
  assert.equal(at(page), '/logga-in/e-post')
  await context.close()
  eleg = undefined
})
