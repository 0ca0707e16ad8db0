// Passkeys in a browser with an authenticator that its debugger plays (WebAuthn, virtual authenticators): a member of the staff
// adds a key, shows it, and is refused when they do not prove who they are, or when the key is gone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, openWindow, words } from './support/browser.mjs'
import { Pointer } from './support/hands.mjs'
import { startPortal } from './support/portal.mjs'

let portal
let browser

before(async () => {
  // A key is bound to a name, which an address in figures is not.
  portal = await startPortal({ host: 'localhost' })
  browser = await launch()
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

async function codeTo(context, email) {
  const page = await context.newPage()
  await page.goto('/demo/post')
  await page.locator('main tr', { hasText: email }).first().locator('a').click()
  await page.getByRole('heading', { level: 2, name: 'Innehåll' }).waitFor()
  const text = await words(page.locator('main'))
  await page.close()
  return text.match(/koden (\d{3}\s\d{3})/)[1]
}

/** Signs in by mail, on the way to a page. */
async function enter(context, page, email, way) {
  const hand = new Pointer(page)
  await page.goto(way)
  await hand.fill('E-postadress', email)
  await hand.press('Skicka länk och kod')
  await heading(page, 'Se efter i din e-post')
  await hand.fill('Koden i brevet', await codeTo(context, email))
  await hand.press('Logga in')
}

/** Gives the window's browser an authenticator. */
async function authenticator(context, page) {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true }
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', { options })
  return {
    verified: (isUserVerified) => devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    keys: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    forget: () => devtools.send('WebAuthn.clearCredentials', { authenticatorId }),
    put: (credential) => devtools.send('WebAuthn.addCredential', { authenticatorId, credential }),
  }
}

test('a colleague adds a passkey, shows it, and is refused when it is not right', async () => {
  const email = 'nora@bra.example'
  await portal.command('admin', 'invite', email, 'Nora Nyckel')
  const { context, page, notes } = await openWindow(browser, portal.base)
  const hand = new Pointer(page)
  const device = await authenticator(context, page)
  await enter(context, page, email, '/mina-sidor/nycklar')
  await heading(page, 'Mina nycklar')
  await hand.press('Lägg till en nyckel')
  await page.locator('.govuk-error-summary').getByText('Ange ett namn på nyckeln').waitFor()
  // Who is not who they say adds nothing.
  await device.verified(false)
  await hand.fill('Nyckelns namn', 'Arbetsdatorn')
  await hand.press('Lägg till en nyckel')
  await page.locator('.govuk-error-summary').getByText('Nyckeln lästes inte av').waitFor()
  await device.verified(true)
  await hand.press('Lägg till en nyckel')
  await page.getByText('Nyckeln är tillagd.').waitFor()
  assert.equal((await device.keys()).length, 1)

  await page.goto('/handlaggare')
  await heading(page, 'Bekräfta att det är du')
  await device.verified(false)
  await hand.press('Bekräfta med nyckel')
  await page.locator('.govuk-error-summary').getByText('Nyckeln lästes inte av').waitFor()
  await device.verified(true)
  await hand.press('Bekräfta med nyckel')
  await page.waitForURL('**/handlaggare')

  // A copy of the key whose counter stands where the first one stood is found out.
  const [key] = await device.keys()
  await device.forget()
  await device.put({ ...key, signCount: 0 })
  await page.goto('/bekrafta')
  await hand.press('Bekräfta med nyckel')
  await page.locator('.govuk-error-summary').getByText('kopia').waitFor()
  await device.forget()
  await page.goto('/bekrafta')
  await hand.press('Bekräfta med nyckel')
  await page.locator('.govuk-error-summary').getByText('Nyckeln lästes inte av').waitFor()
  assert.deepEqual(notes.filter((note) => !note.includes('422')), [])
  await context.close()
})

test('without script the page says what is missing', async () => {
  const email = 'sven@bra.example'
  await portal.command('admin', 'invite', email, 'Sven Skriptlös')
  const { context, page, notes } = await openWindow(browser, portal.base, 'script off')
  await enter(context, page, email, '/mina-sidor/nycklar')
  await heading(page, 'Mina nycklar')
  await page.getByText('måste webbläsaren tillåta JavaScript').waitFor()
  assert.equal(await page.locator('form[data-passkey]').isVisible(), false)
  assert.deepEqual(notes, [])
  await context.close()
})
