// An application as its people write it, with script off, on, with the islands' program blocked, and by keyboard alone: begun from the call's
// page, written over several visits, signed and sent in; for a municipality, an association and a university. And what must not cost a
// word: the server is killed between reading and saving, the session ends, two windows save at once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, openWindow, words } from './support/browser.mjs'
import { Keyboard, Pointer } from './support/hands.mjs'
import { startPortal } from './support/portal.mjs'
import { Visitor, answered, begun, found } from './support/visitor.mjs'

const CALL = 'exempel-stod-for-utvardering-av-lokalt-arbete'

const WAYS = [
  { way: 'script off', mode: 'script off', Hand: Pointer, kind: 'municipality' },
  { way: 'script on', mode: 'script on', Hand: Pointer, kind: 'association' },
  { way: 'wasm blocked', mode: 'wasm blocked', Hand: Pointer, kind: 'university' },
  { way: 'keyboard alone', mode: 'script on', Hand: Keyboard, kind: 'municipality' },
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

const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor()

/** A window in which the visitor is signed in. */
async function windowOf(visitor, mode) {
  const opened = await openWindow(browser, portal.base, mode)
  await opened.context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: portal.base, httpOnly: true, sameSite: 'Lax' })))
  return opened
}

/** Somebody who signs for an organisation, with an application of theirs. */
async function applicant() {
  const visitor = new Visitor(portal.base)
  const { email } = await visitor.enter()
  const { path } = await found(visitor)
  return { visitor, email, application: await begun(visitor, CALL, path) }
}

for (const { way, mode, Hand, kind } of WAYS) {
  test(`a ${kind} applies: ${way}`, async () => {
    const visitor = new Visitor(portal.base)
    await visitor.enter()
    await found(visitor, `Exempelbygdens ${kind}`, { slag: kind })
    const { context, page, notes } = await windowOf(visitor, mode)
    const hand = new Hand(page)

    await page.goto(`/utlysningar/${CALL}`)
    await hand.press('Börja ansöka')
    await heading(page, 'Börja ansöka')
    await hand.press('Börja')
    await page.getByText('Ansökan är påbörjad. Börja var ni vill.').waitFor()
    const application = new URL(page.url()).pathname

    await hand.follow('Insatsen i korthet')
    await hand.fill('Insatsens namn', 'Trygg på väg hem')
    await hand.fill('Sammanfattning', 'Belysning och vuxna längs vägen hem från skolan.')
    await hand.fill('Första dagen', '1 mars 2028')
    await hand.fill('Sista dagen', 'snart')
    await hand.press('Spara och fortsätt senare')
    await page.getByText('Det du skrev är sparat.').waitFor()
    await page.getByText('1 svar att rätta').waitFor()
    // What is wrong is kept and said, and mended another evening.
    await hand.follow('Insatsen i korthet')
    await page.getByRole('link', { name: /måste vara ett datum/ }).waitFor()
    assert.equal(await page.getByLabel('Sista dagen', { exact: true }).inputValue(), 'snart')
    await hand.fill('Sista dagen', '31 december 2028')
    await hand.press('Spara och fortsätt')
    await heading(page, 'Problem och lägesbild')

    await answered(visitor, application, ['projekt'])
    await page.goto(`${application}/del/bilagor`)
    await hand.press(/^Lägg till eller ta bort filer.*Lägesbild eller kartläggning/)
    await heading(page, 'Lägesbild eller kartläggning')
    await page.locator('input[type=file]').setInputFiles({ name: 'Låst å ä ö.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ a program') })
    await hand.press('Bifoga filen')
    await page.getByRole('link', { name: 'Filen är ett program, vad den än heter. Välj ett dokument eller en bild' }).waitFor()

    await page.goto(application)
    await hand.follow('Granska svaren')
    await page.getByText('Alla svar finns.').waitFor()
    await page.getByText('320 500 kr').first().waitFor()
    await hand.press('Gå vidare till underskrift')
    await hand.tick('Jag får företräda organisationen, jag har läst ansökan, och uppgifterna i den är riktiga')
    await hand.press('Skriv under')
    await heading(page, 'Skicka in')
    await hand.press('Skicka in ansökan')
    await heading(page, 'Ansökan är inskickad')
    const number = (await words(page.locator('main'))).match(/\d{4}-\d{5}/)[0]
    const receipt = await context.request.get(`${application}/kvittens.pdf`)
    assert.equal(receipt.headers()['content-type'], 'application/pdf')
    await page.goto(`/diarium?q=${number}`)
    await page.getByText(`Exempelbygdens ${kind}`).first().waitFor()
    assert.deepEqual(notes, [])
    await context.close()
  })
}

test('the server is killed between reading and saving', async () => {
  const { visitor, application } = await applicant()
  const { context, page } = await windowOf(visitor, 'script on')
  await page.goto(`${application}/del/problem`)
  await page.getByLabel('Vilket problem ska insatsen lösa?', { exact: true }).fill('Skrivet innan strömmen gick.')
  await portal.kill()
  await portal.start()
  await page.getByRole('button', { name: 'Spara och fortsätt senare' }).click()
  await page.getByText('Det du skrev är sparat.').waitFor()
  await page.goto(`${application}/del/problem`)
  assert.equal(await page.getByLabel('Vilket problem ska insatsen lösa?', { exact: true }).inputValue(), 'Skrivet innan strömmen gick.')
  await context.close()
})

test('the session ends while somebody writes', async () => {
  const { visitor, email, application } = await applicant()
  const { context, page } = await windowOf(visitor, 'script off')
  await page.goto(`${application}/del/problem`)
  await page.getByLabel('Vilket problem ska insatsen lösa?', { exact: true }).fill('Skrivet när inloggningen gick ut.')
  await portal.execute('DELETE FROM sessions')
  await page.getByRole('button', { name: 'Spara och fortsätt senare' }).click()
  await heading(page, 'Logga in')
  // The same person comes back in the same browser, by a mail's code.
  await page.getByLabel('E-postadress', { exact: true }).fill(email)
  await page.getByRole('button', { name: 'Skicka länk och kod' }).click()
  await heading(page, 'Se efter i din e-post')
  const html = await new Visitor(portal.base).mailTo(email)
  const [, first, last] = html.match(/(\d{3})(?:\u00a0|&nbsp;| )(\d{3})/)
  await page.getByLabel('Koden i brevet', { exact: true }).fill(first + last)
  await page.getByRole('button', { name: 'Logga in' }).click()
  await page.getByLabel('Vilket problem ska insatsen lösa?', { exact: true }).waitFor()
  assert.equal(await page.getByLabel('Vilket problem ska insatsen lösa?', { exact: true }).inputValue(), 'Skrivet när inloggningen gick ut.')
  await page.getByRole('button', { name: 'Spara och fortsätt senare' }).click()
  await page.getByText('Det du skrev är sparat.').waitFor()
  await context.close()
})

test('two windows save the same answer', async () => {
  const { visitor, application } = await applicant()
  const { context, page } = await windowOf(visitor, 'script on')
  const other = await context.newPage()
  const field = (of) => of.getByLabel('Vilket problem ska insatsen lösa?', { exact: true })
  for (const one of [page, other]) await one.goto(`${application}/del/problem`)
  await field(page).fill('Text i det första fönstret.')
  await page.getByRole('button', { name: 'Spara och fortsätt senare' }).click()
  await page.getByText('Det du skrev är sparat.').waitFor()
  await field(other).fill('Text i det andra fönstret.')
  await other.getByRole('button', { name: 'Spara och fortsätt senare' }).click()
  await heading(other, 'Vilket problem ska insatsen lösa?')
  await other.getByText('Text i det första fönstret.').first().waitFor()
  await other.getByText('Text i det andra fönstret.').first().waitFor()
  await other.getByRole('radio', { name: 'Jag skriver ihop dem' }).check()
  await other.getByLabel('Texten, om du skriver ihop dem', { exact: true }).fill('Text i båda fönstren.')
  await other.getByRole('button', { name: 'Spara valet' }).click()
  await heading(other, 'Vilket problem ska insatsen lösa?')
  await page.goto(`${application}/del/problem`)
  assert.equal(await field(page).inputValue(), 'Text i båda fönstren.')
  await context.close()
})
