// A publication from its title to a reader who orders it, as two editors do it: with script off, on, and by keyboard alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, openWindow } from './support/browser.mjs'
import { Keyboard, Pointer } from './support/hands.mjs'
import { pdf, png } from './support/made.mjs'
import { startPortal } from './support/portal.mjs'

const WAYS = [
  { way: 'script off', mode: 'script off', Hand: Pointer },
  { way: 'script on', mode: 'script on', Hand: Pointer },
  { way: 'keyboard alone', mode: 'script on', Hand: Keyboard },
]

// Numbers that nobody has, with their check digits.
const ISBNS = ['978-91-89999-91-6', '978-91-89999-92-3', '978-91-89999-93-0']

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

/** A window of a made-up editor. */
async function editor(mode, Hand, name) {
  const { context, page, notes } = await openWindow(browser, portal.base, mode)
  const hand = new Hand(page)
  await page.goto('/logga-in?vidare=%2Fhandlaggare')
  await hand.choose(name)
  await page.getByRole('radio', { name, exact: true }).press('Enter')
  await heading(page, 'Att göra')
  return { context, page, notes, hand }
}

for (const [number, { way, mode, Hand }] of WAYS.entries()) {
  test(`two editors publish an evaluation that a reader finds and orders: ${way}`, async () => {
    const title = `Utvärdering av lovskolan ${number + 1}`
    const rut = await editor(mode, Hand, 'Rut Redaktör')
    await rut.page.goto('/handlaggare/publikationer/ny')
    await rut.hand.fill('Titel', title)
    await rut.page.getByLabel('Publikationstyp', { exact: true }).selectOption('evaluation')
    await rut.hand.press('Skapa utkastet')
    await heading(rut.page, title)
    const work = new URL(rut.page.url()).pathname
    await rut.hand.follow('Uppgifter')
    await rut.hand.fill('Utgivningsdatum', '2026-11-22')
    await rut.hand.press('Spara utkastet')
    await rut.page.getByText('Utkastet är sparat.', { exact: true }).waitFor()
    await rut.hand.follow('Texter')
    await rut.hand.fill('Ingress på svenska (frivilligt)', 'Hur gick det för eleverna?')
    await rut.hand.press('Spara utkastet')
    await rut.hand.follow('Utgåvor')
    await rut.hand.press('Lägg till en utgåva')
    await rut.hand.choose('Tryckt')
    await rut.hand.fill('ISBN (frivilligt)', ISBNS[number])
    await rut.hand.tick('Går att beställa i tryck')
    await rut.hand.fill('Pris i kronor, med moms (frivilligt)', '95')
    await rut.page.getByLabel('Moms (frivilligt)', { exact: true }).selectOption('6')
    await rut.hand.tick('Får beställas när lagret är slut')
    await rut.hand.press('Spara utkastet')
    await rut.page.getByText('Utgåvan är sparad i utkastet.').waitFor()
    await rut.hand.press('Lägg till en utgåva')
    await rut.hand.choose('PDF')
    await rut.hand.press('Spara utkastet')
    await rut.page.getByText('Utgåvan är sparad i utkastet.').waitFor()
    await rut.page.goto(work)
    await rut.hand.follow('Filer')
    await rut.page.setInputFiles('input[type=file]', { name: `Lovskolan ${number + 1}.pdf`, mimeType: 'application/pdf', buffer: pdf(title) })
    await rut.hand.press('Ladda upp')
    await rut.page.getByText('Filen är sparad i utkastet.').waitFor()
    await rut.page.goto(work)
    await rut.hand.follow('Omslag')
    await rut.page.setInputFiles('input[type=file]', { name: 'omslag.png', mimeType: 'image/png', buffer: png(400, 566) })
    await rut.hand.fill('Beskrivning på svenska', 'Ett klassrum i sommarljus')
    await rut.hand.fill('Beskrivning på engelska', 'A classroom in summer light')
    await rut.hand.press('Ladda upp omslaget')
    await rut.page.getByText('Omslaget är sparat i utkastet.').waitFor()
    await rut.page.goto(work)
    await rut.page.getByText('Inget hindrar publicering.').waitFor()
    assert.equal(await rut.page.getByRole('button', { name: 'Publicera', exact: true }).count(), 0)
    await rut.hand.press('Skicka till granskning')
    await rut.page.getByText('Utkastet är skickat till granskning.').waitFor()

    const rasmus = await editor(mode, Hand, 'Rasmus Redaktör')
    await rasmus.page.goto(work)
    await rasmus.hand.follow('Granska utkastet')
    await rasmus.page.getByText('Hur gick det för eleverna?').waitFor()
    await rasmus.page.getByRole('link', { name: new RegExp(`lovskolan-${number + 1}\\.pdf`) }).waitFor()
    await rasmus.page.getByText('Ett klassrum i sommarljus / A classroom in summer light').waitFor()
    await rasmus.hand.press('Godkänn')
    await rasmus.hand.press('Publicera')
    await rasmus.page.getByText('Publikationen är publicerad.').waitFor()

    const reader = await openWindow(browser, portal.base, mode)
    await reader.page.goto(`/publikationer?q=${encodeURIComponent(title)}`)
    await new Hand(reader.page).follow(title)
    await heading(reader.page, title)
    await reader.page.getByAltText('Ett klassrum i sommarljus').waitFor()
    const href = await reader.page.locator('main a[href$=".pdf"]').first().getAttribute('href')
    const opened = await reader.page.request.get(href)
    assert.equal(opened.status(), 200)
    assert.ok((await opened.body()).toString('latin1').startsWith('%PDF-'), 'the reader opens the PDF')
    // A key does not wait for the answer as a click does.
    await Promise.all([reader.page.waitForURL(/kundkorg/), new Hand(reader.page).press('Lägg i kundkorgen')])
    await reader.page.goto('/kundkorg')
    await reader.page.getByText(title).first().waitFor()
    assert.deepEqual([...rut.notes, ...rasmus.notes, ...reader.notes], [])
    for (const { context } of [rut, rasmus, reader]) await context.close()
  })
}

test('two windows at one field: both texts are shown, and the person chooses', async () => {
  const rut = await editor('script off', Pointer, 'Rut Redaktör')
  const rasmus = await editor('script off', Pointer, 'Rasmus Redaktör')
  await rut.page.goto('/handlaggare/publikationer/ny')
  await rut.hand.fill('Titel', 'Två fönster')
  await rut.page.getByLabel('Publikationstyp', { exact: true }).selectOption('report')
  await rut.hand.press('Skapa utkastet')
  const work = new URL(rut.page.url()).pathname
  await rut.page.goto(`${work}/texter`)
  await rasmus.page.goto(`${work}/texter`)
  await rut.hand.fill('Ingress på svenska (frivilligt)', 'Ruts ingress')
  await rut.hand.press('Spara utkastet')
  await rasmus.hand.fill('Ingress på svenska (frivilligt)', 'Rasmus ingress')
  await rasmus.hand.press('Spara utkastet')
  await rasmus.page.getByRole('heading', { name: 'Någon annan har sparat medan du skrev' }).waitFor()
  await rasmus.page.getByText('Ruts ingress').first().waitFor()
  await rasmus.hand.choose('Det som är sparat')
  await rasmus.hand.press('Spara utkastet')
  await rasmus.page.getByText('Utkastet är sparat.', { exact: true }).waitFor()
  await rasmus.page.goto(`${work}/texter`)
  assert.equal(await rasmus.page.getByLabel('Ingress på svenska (frivilligt)', { exact: true }).inputValue(), 'Ruts ingress')
  for (const { context } of [rut, rasmus]) await context.close()
})
