// The portal's main job, as a person does it: find a report, order it, follow, change and undo the order. Each journey
// is walked with script off, with script on, with wasm blocked and by keyboard alone.
//
// To add a journey: a function of `Walk` below that uses `hand` for everything, and a line in JOURNEYS.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fold, launch, openWindow, words } from './support/browser.mjs'
import { Keyboard, Pointer } from './support/hands.mjs'
import { startPortal } from './support/portal.mjs'
import { DELIVERY, ORGANISATION } from './support/visitor.mjs'
import { WORDS } from './support/words.mjs'

const WAYS = [
  { way: 'script off', mode: 'script off', Hand: Pointer },
  { way: 'script on', mode: 'script on', Hand: Pointer },
  { way: 'wasm blocked', mode: 'wasm blocked', Hand: Pointer },
  { way: 'keyboard alone', mode: 'script on', Hand: Keyboard },
]

const JOURNEYS = [
  { name: 'a private person orders, changes the address and withdraws', lang: 'sv', walk: privatePerson },
  { name: 'an organisation orders by e-invoice and cancels', lang: 'en', walk: organisation },
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

for (const { name, lang, walk } of JOURNEYS) {
  for (const { way, mode, Hand } of WAYS) {
    test(`${name}: ${way}`, async () => {
      const { context, page, notes } = await openWindow(browser, portal.base, mode)
      const script = mode !== 'script off'
      const held = []
      page.on('requestfailed', (request) => held.push(new URL(request.url()).pathname))
      await walk(new Walk({ page, hand: new Hand(page), lang, script, islands: script && mode !== 'wasm blocked' }))
      assert.deepEqual(notes, [])
      assert.equal(held.some((file) => file.endsWith('.wasm')), mode === 'wasm blocked', 'wasm was held back where it should be, only there')
      await context.close()
    })
  }
}

async function privatePerson(walk) {
  const { hand, say } = walk
  await walk.findAndPutInBasket()
  await walk.emptyFormIsExplained()
  await walk.deliver()
  await hand.choose(say.private)
  await walk.on(say.goOn, say.invoice)
  await hand.choose(say.byEmail)
  await walk.on(say.goOn, say.review)
  await walk.reviewShows('Åsa Öberg', 'Storgatan 1', '903 25 Umeå', say.private, say.byEmail)
  await walk.placeOrder()
  await walk.mailOpensTheOrder(say.placedMail, '3 ×', 'Storgatan 1')
  await walk.changeStreet('Kungsgatan 22')
  await walk.mailOpensTheOrder(say.changedMail, 'Kungsgatan 22')
  await hand.follow(say.withdraw)
  await walk.at(say.withdraw)
  await walk.on(say.goOn, say.confirm)
  await walk.on(say.confirmButton, say.order)
  await walk.statusIs(say.withdrawn)
  await walk.mailOpensTheOrder(say.withdrawnMail)
}

async function organisation(walk) {
  const { hand, say } = walk
  await walk.findAndPutInBasket()
  await walk.deliver()
  await hand.choose(say.organisation)
  await walk.on(say.goOn, say.invoice)
  await hand.fill(say.organisationName, ORGANISATION.organisation)
  // One digit wrong first: the number's check digit finds it, and nothing that was typed is lost.
  await hand.fill(say.organisationNumber, '212000-2628')
  await hand.fill(say.reference, ORGANISATION.referens)
  await hand.fill(say.peppol, ORGANISATION.peppol)
  await hand.choose(say.byPeppol)
  await walk.on(say.goOn, say.invoice, true)
  await walk.errorsLeadTo(['organisationsnummer'])
  await hand.fill(say.organisationNumber, '2120002627')
  await walk.on(say.goOn, say.review)
  await walk.reviewShows(ORGANISATION.organisation, '212000-2627', ORGANISATION.referens, ORGANISATION.peppol, say.byPeppol)
  await walk.placeOrder()
  await walk.mailOpensTheOrder(say.placedMail, '3 ×')
  await hand.follow(say.cancel)
  await walk.at(say.cancelTitle)
  await walk.on(say.cancelButton, say.order)
  await walk.statusIs(say.cancelled)
  await walk.mailOpensTheOrder(say.cancelledMail)
}

class Walk {
  constructor({ page, hand, lang, script, islands }) {
    Object.assign(this, { page, hand, script, islands, say: WORDS[lang], lang })
  }

  get summary() {
    return this.page.locator('.govuk-error-summary')
  }

  /** Waits until the page with this heading is there, and looks at its title and language. */
  async at(heading, error = false) {
    const title = this.page.getByRole('heading', { level: 1, name: heading, exact: typeof heading === 'string' })
    await title.waitFor()
    if (error) await this.summary.waitFor()
    else await this.summary.waitFor({ state: 'detached' })
    const said = await this.page.title()
    assert.ok(said.endsWith(` – ${this.say.agency}`), said)
    assert.equal(said.startsWith(this.say.error), error, said)
    assert.equal(await this.page.locator('html').getAttribute('lang'), this.lang)
  }

  /** Presses a button that leads to the page with this heading. */
  async on(button, heading, error = false) {
    await this.hand.press(button)
    await this.at(heading, error)
  }

  async findAndPutInBasket() {
    const { hand, page, say } = this
    await page.goto(`${say.prefix}/`)
    await hand.fill(say.searchField, 'Umeå')
    await hand.press(say.search)
    await hand.follow(say.publication)
    await this.at(new RegExp(say.publication))
    await hand.fill(say.quantity, '2')
    await this.on(say.add, say.basket)
    const copies = say.quantityOf(say.publication)
    assert.equal(await page.getByRole('textbox', { name: copies }).inputValue(), '2')
    if (this.islands) await page.locator('html[data-islands=ready]').waitFor()
    await hand.fill(copies, '3')
    // The island reckons while one types; without it the button does.
    const sum = page.locator('.app-totals').getByText(/285\skr|SEK\s285/)
    if (this.islands) await sum.waitFor()
    else assert.equal(await sum.count(), 0)
    await hand.press(say.update)
    await page.getByText(say.updated).waitFor()
    assert.equal(await page.getByRole('textbox', { name: copies }).inputValue(), '3')
    await sum.waitFor()
    await this.on(say.toCheckout, say.delivery)
  }

  /** A form that was sent empty says what is missing, and each sentence leads to its field. */
  async emptyFormIsExplained() {
    await this.hand.fill(this.say.name, DELIVERY.namn)
    await this.on(this.say.goOn, this.say.delivery, true)
    await this.errorsLeadTo(['epost', 'gata', 'postnummer', 'ort'])
    assert.equal(await this.page.locator('#namn').inputValue(), DELIVERY.namn, 'what was typed is kept')
  }

  async errorsLeadTo(fields) {
    const links = this.summary.getByRole('link')
    const targets = await links.evaluateAll((all) => all.map((link) => link.hash.slice(1)))
    assert.deepEqual(targets, fields)
    if (this.script) {
      await this.summary.and(this.page.locator(':focus')).waitFor()
    }
    for (const field of fields) {
      const input = this.page.locator(`[id="${field}"]`)
      const { invalid, described } = await input.evaluate((element) => {
        // A box to tick and a group of choices are described; only what is typed or selected is invalid.
        const choice = ['checkbox', 'radio'].includes(element.type)
        const group = choice && element.closest('fieldset')
        const ids = [element, group].filter(Boolean).map((one) => one.getAttribute('aria-describedby') ?? '').join(' ')
        return { invalid: choice || element.getAttribute('aria-invalid') === 'true', described: ids.split(' ').filter(Boolean) }
      })
      assert.ok(invalid, `${field} is not marked as invalid`)
      const sentence = fold(await links.nth(fields.indexOf(field)).innerText())
      const beside = await Promise.all(described.map(async (id) => fold(await this.page.locator(`[id="${id}"]`).innerText())))
      assert.ok(beside.some((text) => text.includes(sentence)), `${field}: ${sentence} is not said beside the field: ${beside}`)
    }
    await this.hand.follow(await links.first().innerText())
    await this.page.locator(`[id="${fields[0]}"]:focus`).waitFor()
  }

  async deliver() {
    const { hand, say } = this
    await hand.fill(say.name, DELIVERY.namn)
    await hand.fill(say.email, DELIVERY.epost)
    await hand.fill(say.street, DELIVERY.gata)
    await hand.fill(say.postalCode, '90325')
    await hand.fill(say.city, DELIVERY.ort)
    await this.on(say.goOn, say.payment)
  }

  async reviewShows(...facts) {
    const said = await words(this.page.getByRole('main'))
    for (const fact of [this.say.publication, ...facts]) assert.ok(said.includes(fact), `${fact} is missing: ${said}`)
  }

  /** Without the tick the order is not placed; with it there is a receipt that leads to the order's page. */
  async placeOrder() {
    const { hand, page, say } = this
    await this.on(say.place, say.review, true)
    await this.errorsLeadTo(['villkor'])
    await hand.tick(say.terms)
    await this.on(say.place, say.done)
    this.number = (await words(page.getByRole('main'))).match(/B\d+/)[0]
    await hand.follow(say.toOrder)
    await this.at(say.order)
    assert.ok((await words(page.getByRole('heading', { level: 1 }))).endsWith(this.number))
    this.orderPath = new URL(page.url()).pathname
  }

  /** The newest mail has this subject and these words, and its link opens the order. */
  async mailOpensTheOrder(subject, ...facts) {
    const { hand, page, say } = this
    await page.goto(`${say.prefix}/demo/post`)
    const newest = page.locator('tbody tr').first()
    assert.ok((await newest.innerText()).includes(this.number))
    await hand.follow(subject)
    await this.at(subject)
    const text = await words(page.getByRole('main'))
    for (const fact of [this.number, ...facts]) assert.ok(text.includes(fact), `${fact} is missing in the mail: ${text}`)
    const link = new URL(this.orderPath, page.url()).href
    assert.ok(text.includes(link), `the mail has no link to ${link}: ${text}`)
    await hand.follow(link)
    await this.at(say.order)
  }

  async changeStreet(street) {
    const { hand, page, say } = this
    await hand.follow(say.change)
    await this.at(say.change)
    await hand.fill(say.street, street)
    await this.on(say.saveAddress, say.order)
    await page.getByText(say.saved).waitFor()
    assert.ok((await words(page.getByRole('main'))).includes(street))
  }

  async statusIs(status) {
    assert.equal(await words(this.page.locator('dl .govuk-tag')), status)
  }
}
