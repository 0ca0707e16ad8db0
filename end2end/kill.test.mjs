// The power is cut at random moments while people order. Afterwards, on each engine: every order that was acknowledged is
// there exactly once, every other at most once; no copy was sold twice; each order has its one mail and the other way
// round; the audit chain is whole.
//
//   SEED=number  plays the same moments again
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startPortal } from './support/portal.mjs'
import { BACKORDER, FEW, SoldOut, UMEA, Visitor, field } from './support/visitor.mjs'

const ROUNDS = 5
const BUYERS = 8
/** A press that got no answer is repeated at most so often. */
const PRESSES = 2

const BASKETS = [[[UMEA, 1]], [[UMEA, 2], [BACKORDER, 1]], [[FEW, 1]], [[UMEA, 1], [FEW, 1]]]

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)

for (const engine of ['sqlite', 'postgres']) {
  test(`kill -9 under load: ${engine}`, async (t) => {
    t.diagnostic(`SEED=${seed}`)
    // Each buyer comes from an address of its own, as behind a proxy; so none is held back by the limit per address.
    const portal = await startPortal({ engine, env: { PORTAL_PROXIES: '1' } })
    t.after(() => portal.stop())
    const chance = random(seed)
    const before = await stock(portal)
    const buyers = []
    for (let round = 0; round < ROUNDS; round++) {
      const crowd = Array.from({ length: BUYERS }, (_, index) => new Buyer(portal.base, BASKETS[index % BASKETS.length], `${round}.${index}`))
      buyers.push(...crowd)
      await cutThePowerDuring(portal, crowd, Math.floor(BUYERS * (2 + 7 * chance())))
      await portal.start()
      // Half of those who saw no answer press the button again; the others give up.
      await Promise.all(crowd.map((buyer) => (chance() < 0.5 ? buyer.pressAgain() : undefined)))
    }
    const acknowledged = buyers.filter(({ number }) => number)
    t.diagnostic(`${buyers.length} buyers, ${acknowledged.length} orders acknowledged`)
    assert.ok(acknowledged.length > 0)
    await everyPromiseIsKept(portal, before, buyers)
  })
}

/** Lets the crowd buy and kills the program when so many requests have gone out. */
async function cutThePowerDuring(portal, crowd, requests) {
  let sent = 0
  let killed
  const count = () => {
    sent += 1
    if (sent === requests) killed = portal.kill()
  }
  await Promise.all(crowd.map((buyer) => buyer.buy(count)))
  await (killed ?? portal.kill())
}

class Buyer {
  #form

  constructor(base, wishes, name) {
    this.visitor = new Visitor(base)
    this.visitor.from = `203.0.113.${Number(name.replace('.', '')) % 250}`
    this.wishes = wishes
    this.email = `buyer.${name}@example.se`
  }

  /** Buys, until done or until nobody answers any more. */
  async buy(count) {
    this.visitor.onRequest = count
    try {
      for (const [publication, copies] of this.wishes) await this.visitor.put(publication, copies)
      await this.visitor.answer('invoice', { email: this.email })
      const review = await this.visitor.get('/kassa/granska')
      if (review.status !== 200) return
      this.#form = { visat: field(review.html, 'visat'), kontroll: field(review.html, 'kontroll'), villkor: 'ja' }
      await this.#press()
    } catch (error) {
      if (!noAnswer(error) && !(error instanceof SoldOut)) throw error
    } finally {
      this.visitor.onRequest = undefined
    }
  }

  /** Presses the button again, twice at once, as the impatient do. */
  async pressAgain() {
    if (!this.#form || this.number) return
    await Promise.all(Array.from({ length: PRESSES }, () => this.#press()))
  }

  async #press() {
    const answer = await this.visitor.post('/kassa/granska', this.#form)
    const number = answer.location?.match(/^\/kassa\/klar\/B(\d+)$/)?.[1]
    if (!number) return
    assert.ok(!this.number || this.number === Number(number), 'the same basket became two orders')
    this.number = Number(number)
    this.receipt = answer.location
  }
}

/** True when the program was gone while a request was under way. */
function noAnswer(error) {
  return error instanceof TypeError && ['fetch failed', 'terminated'].includes(error.message)
}

function stock(portal) {
  return portal.rows('SELECT id, on_hand, held, backorder_allowed FROM editions ORDER BY id')
}

async function everyPromiseIsKept(portal, before, buyers) {
  // The demonstration's own orders, of made-up people, were there before.
  const made = (await portal.rows("SELECT id, basket_id FROM orders WHERE email LIKE '%.example'")).flatMap(({ id, basket_id }) => [id, basket_id])
  const ours = (id) => !made.includes(id)
  const orders = (await portal.rows('SELECT id, number, basket_id, email, gross, net, vat FROM orders')).filter(({ id }) => ours(id))
  const byNumber = new Map(orders.map((order) => [order.number, order]))
  assert.equal(byNumber.size, orders.length, 'each number is given once')
  assert.equal(new Set(orders.map((order) => order.basket_id)).size, orders.length, 'each basket is ordered once')

  for (const buyer of buyers) {
    const own = orders.filter(({ email }) => email === buyer.email)
    if (!buyer.number) {
      assert.ok(own.length <= 1, `${buyer.email} has ${own.length} orders`)
      continue
    }
    assert.deepEqual(own.map(({ number }) => number), [buyer.number], `${buyer.email} was told ${buyer.number}`)
    const receipt = await buyer.visitor.get(buyer.receipt)
    assert.equal(receipt.status, 200)
    const link = receipt.html.match(/\/bestallning\/[\w-]+/)[0]
    const page = await buyer.visitor.get(link)
    assert.equal(page.status, 200)
    assert.ok(page.html.includes(`B${buyer.number}`))
  }

  const lines = (
    await portal.rows("SELECT order_id, edition_id, kind, quantity, held, backordered FROM order_lines WHERE kind = 'goods'")
  ).filter((line) => ours(line.order_id))
  assert.ok(orders.every(({ id }) => lines.some((line) => line.order_id === id)), 'every order has lines')
  for (const edition of await stock(portal)) {
    const was = before.find(({ id }) => id === edition.id)
    const own = lines.filter((line) => line.edition_id === edition.id)
    const held = own.reduce((sum, line) => sum + line.held, 0)
    assert.equal(edition.on_hand, was.on_hand, 'nothing was packed')
    assert.equal(edition.held, was.held + held, 'held is what the orders hold')
    assert.ok(edition.on_hand - edition.held >= 0, 'no copy is sold twice')
    if (!edition.backorder_allowed) assert.ok(own.every(({ backordered }) => backordered === 0))
  }

  const mails = (await portal.rows("SELECT about FROM outbox WHERE kind = 'order.placed'")).filter(({ about }) => ours(about))
  assert.deepEqual(mails.map(({ about }) => about).sort(), orders.map(({ id }) => id).sort(), 'one mail for each order')
  const baskets = (await portal.rows("SELECT id FROM baskets WHERE status = 'ordered'")).filter(({ id }) => ours(id))
  assert.deepEqual(baskets.map(({ id }) => id).sort(), orders.map(({ basket_id: id }) => id).sort(), 'a basket is closed with its order')
  const events = (await portal.rows("SELECT order_id FROM order_events WHERE kind = 'received'")).filter((event) => ours(event.order_id))
  assert.equal(events.length, orders.length)
  if (portal.engine === 'sqlite') assert.deepEqual(await portal.rows('PRAGMA integrity_check'), [{ integrity_check: 'ok' }])
  // Fails when the chain is broken.
  assert.ok(await portal.command('audit', 'verify'))
}

/** Numbers between 0 and 1 that are the same for the same seed (a linear congruence with Knuth's constants). */
function random(start) {
  let state = BigInt(start)
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n
    return Number(state >> 11n) / 2 ** 53
  }
}
