// Signing in as a person does it, with script off, on, and by keyboard alone; a member of the staff with a second factor;
// and the question before a session ends.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { launch, openWindow, words } from './support/browser.mjs'
import { Keyboard, Pointer } from './support/hands.mjs'
import { startPortal } from './support/portal.mjs'
import { Visitor } from './support/visitor.mjs'

const WAYS = [
  { way: 'script off', mode: 'script off', Hand: Pointer },
  { way: 'script on', mode: 'script on', Hand: Pointer },
  { way: 'keyboard alone', mode: 'script on', Hand: Keyboard },
]

let portal
let browser

before(async () => {
  portal = await startPortal()
  browser = await launch()
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

/** Reads the latest mail that somebody got, in a window beside the first. */
async function mailTo(context, email) {
  const page = await context.newPage()
  await page.goto('/demo/post')
  await page.locator('main tr', { hasText: email }).first().locator('a').click()
  await page.getByRole('heading', { level: 2, name: 'Innehåll' }).waitFor()
  const text = await words(page.locator('main'))
  await page.close()
  return text
}

for (const [number, { way, mode, Hand }] of WAYS.entries()) {
  test(`somebody signs in by the code, says who they are, and signs out: ${way}`, async () => {
    const email = `anna.ek${number}@example.se`
    const { context, page, notes } = await openWindow(browser, portal.base, mode)
    const hand = new Hand(page)
    await page.goto('/mina-sidor/uppgifter')
    await heading(page, 'Logga in')
    await hand.press('Skicka länk och kod')
    await page.locator('.govuk-error-summary').getByRole('link', { name: 'Ange din e-postadress' }).waitFor()
    await hand.fill('E-postadress', email)
    await hand.press('Skicka länk och kod')
    await heading(page, 'Se efter i din e-post')
    const code = (await mailTo(context, email)).match(/koden (\d{3} \d{3})/)[1]
    await hand.fill('Koden i brevet', code)
    await hand.press('Logga in')
    await heading(page, 'Mina uppgifter')
    await hand.fill('För- och efternamn', 'Anna Ek')
    await hand.press('Spara')
    await page.getByText('Dina uppgifter är sparade.').waitFor()
    await hand.follow('Mina sidor')
    await page.getByText('Du är inloggad som Anna Ek.').waitFor()
    await hand.press('Logga ut')
    await heading(page, 'Du är utloggad')
    await page.goto('/mina-sidor')
    await heading(page, 'Logga in')
    assert.deepEqual(notes, [])
    await context.close()
  })

  test(`somebody changes their address, by the code and by the link: ${way}`, async () => {
    const [old, first, second] = ['gammal', 'ny', 'nyast'].map((name) => `${name}${number}@adress.example`)
    const { context, page, notes } = await openWindow(browser, portal.base, mode)
    const hand = new Hand(page)
    await page.goto('/mina-sidor/uppgifter')
    await hand.fill('E-postadress', old)
    await hand.press('Skicka länk och kod')
    await heading(page, 'Se efter i din e-post')
    await hand.fill('Koden i brevet', (await mailTo(context, old)).match(/koden (\d{3} \d{3})/)[1])
    await hand.press('Logga in')
    await heading(page, 'Mina uppgifter')

    await hand.follow('Byt e-postadress')
    await heading(page, 'Byt e-postadress')
    await hand.press('Skicka länk och kod')
    await page.locator('.govuk-error-summary').getByRole('link', { name: 'Ange din e-postadress' }).waitFor()
    await hand.fill('Ny e-postadress', first)
    await hand.press('Skicka länk och kod')
    await heading(page, 'Se efter i din nya e-post')
    await hand.fill('Koden i brevet', (await mailTo(context, first)).match(/koden (\d{3} \d{3})/)[1])
    await hand.press('Byt e-postadress')
    await page.getByText('Din e-postadress är bytt.').waitFor()
    assert.match(await mailTo(context, old), /Din e-postadress i Brås portal är bytt/)

    await hand.follow('Byt e-postadress')
    await hand.fill('Ny e-postadress', second)
    await hand.press('Skicka länk och kod')
    await heading(page, 'Se efter i din nya e-post')
    await page.goto((await mailTo(context, second)).match(/\/mina-sidor\/uppgifter\/e-post\/lank\/[\w-]+/)[0])
    await heading(page, 'Byt e-postadress')
    await hand.press('Byt e-postadress')
    await page.getByText('Din e-postadress är bytt.').waitFor()
    assert.ok((await words(page.locator('main'))).includes(second))
    assert.deepEqual(notes, [])
    await context.close()
  })

  test(`a new administrator sets up the second factor and gives a role: ${way}`, async () => {
    const email = `ada${number}@bra.example`
    await portal.command('admin', 'invite', email, 'Ada Administratör')
    const { context, page, notes } = await openWindow(browser, portal.base, mode)
    const hand = new Hand(page)
    await page.goto('/handlaggare/anvandare/ny')
    await hand.fill('E-postadress', email)
    await hand.press('Skicka länk och kod')
    await heading(page, 'Se efter i din e-post')
    const link = (await mailTo(context, email)).match(/\/logga-in\/lank\/[\w-]+/)[0]
    await page.goto(link)
    await hand.press('Logga in')
    await heading(page, 'Bekräfta att det är du')
    await hand.press('Ställ in tvåstegskoden')
    const secret = (await page.locator('dd code').innerText()).replaceAll(' ', '')
    await hand.fill('Koden i appen', totp(secret))
    await hand.press('Bekräfta')
    await heading(page, 'Lägg till en medarbetare')
    await hand.fill('Namn', 'Nils Ny')
    await hand.fill('E-postadress', `nils${number}@bra.example`)
    await hand.press('Lägg till')
    await heading(page, 'Nils Ny')
    await hand.choose('Lager')
    await hand.press('Ge rollen')
    await page.getByText('Rollen gäller.').waitFor()
    assert.deepEqual(notes, [])
    await context.close()
  })
}

test('the question before a session ends: going on, and letting it end without losing what was typed', async () => {
  const visitor = new Visitor(portal.base)
  await visitor.enter()
  const { context, page, notes } = await openWindow(browser, portal.base)
  await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: portal.base, httpOnly: true, sameSite: 'Lax' })))
  await page.clock.install()
  await page.goto('/mina-sidor/uppgifter')
  const question = page.getByRole('dialog', { name: 'Vill du fortsätta?' })
  await page.clock.fastForward('01:54:00')
  await question.waitFor({ state: 'hidden' })
  await page.clock.fastForward('01:30')
  await question.waitFor()
  await page.getByRole('button', { name: 'Fortsätt vara inloggad' }).click()
  await question.waitFor({ state: 'hidden' })
  // The server said how long it lasts from now: again nearly two hours of peace.
  await page.clock.fastForward('01:54:00')
  await question.waitFor({ state: 'hidden' })
  await page.clock.fastForward('07:00')
  await page.getByText('Du har blivit utloggad.').waitFor()
  await page.getByRole('button', { name: 'Jag förstår' }).click()
  await page.getByLabel('För- och efternamn').fill('Anna Ek')
  // The browser's clock alone went on: on the server the session is ended by hand.
  await portal.execute("UPDATE sessions SET ended_at = '2026-01-01T00:00:00.000Z'")
  await page.getByRole('button', { name: 'Spara' }).click()
  await page.getByText('Det du skrev är sparat').waitFor()
  assert.deepEqual(notes, [])
  await context.close()
})

/** The code that an app shows now (RFC 6238), reckoned here once more. */
function totp(secret) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const start = hash[19] & 15
  return String((hash.readUInt32BE(start) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
