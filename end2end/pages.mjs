// Every page that a visitor can meet, in every state worth looking at. The judges of pages.test.mjs walk this list in
// both languages.
//
// To add a page: a line with its name and how to open it. A test fails when a route of the portal that shows a page is
// missing here.
//
//   status   what the server answers; 200 unless said
//   error    true when the page shows errors
//   examples true when the page shows examples, of errors too
//   prepare  puts a visitor who speaks HTTP into the state; what it gives back goes to `open`
//   restore  undoes what `prepare` did to the portal
//   from     the visitor's address, when the portal must think that it is somebody else
//   open     where the page is: a path (without the language's prefix), or what to do in the window to get there
import { BACKORDER, FACTS, FEW, MANY, OUT, UMEA, Visitor, answered, begun, field, found, orgnr, received } from './support/visitor.mjs'

const THE_WORK = "slug = 'narkotikabrottslighetens-organisationsmonster'"
const WRONG_LINK = `/bestallning/${'A'.repeat(43)}`

const filled = (visitor) => visitor.put(MANY, 2)

/** Opens a page and presses the button that sends its form, after `fill`. */
function send(path, fill = () => {}, button = 'main form button.govuk-button') {
  return async (page, prefix) => {
    await page.goto(prefix + path)
    await fill(page)
    await page.locator(button).first().click()
  }
}

const checkout = (last, options) => async (visitor) => {
  await filled(visitor)
  if (last) await visitor.answer(last, options)
}

const ordered = (options) => async (visitor) => {
  await filled(visitor)
  return visitor.order(options)
}

/** An order at which something was done already. */
const after = (path, fields = {}) => async (visitor) => {
  const order = await ordered()(visitor)
  await visitor.request(order.link + path, { method: 'POST', body: new URLSearchParams(fields) })
  return order
}

const orderPage = (more = '') => (page, prefix, { link }) => page.goto(link + more)

const orderForm = (more, fill, button) => async (page, prefix, { link }) => {
  await page.goto(link + more)
  await fill(page)
  await page.locator(button).first().click()
}

/** Signed in, with an account that is new. */
const inside = async (visitor) => visitor.enter()

/** Signed in, with an invitation to an organisation and the notice of it. */
const invited = async (visitor) => {
  const { email } = await visitor.enter()
  const other = new Visitor(visitor.base)
  await other.enter()
  const { path } = await found(other)
  await other.send(`${path}/personer`, { epost: email, roll: 'editor' })
}

/** An address that nobody else has. */
const unused = () => `ny.${Math.random().toString(36).slice(2)}@universitet.example`

/** Signed in, with a mail on its way to another address. */
const moving = async (visitor) => {
  await visitor.enter()
  await visitor.send('/mina-sidor/uppgifter/e-post', { epost: unused() })
}

/** A day thirty days from now: a guest is asked in for a year at most. */
const nextMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

/** A reviewer asked in by Amina: the invitation's page and the mail's link. The visitor is Amina. */
const guestInvited = async (visitor) => {
  const email = unused()
  await visitor.enterAs('Amina')
  const { location } = await visitor.send('/handlaggare/anvandare/bjud-in', { namn: 'Gun Ek', epost: email, till: nextMonth() })
  return { email, path: location.split('?')[0], link: (await visitor.mailTo(email)).match(/(?:\/en)?\/granskare\/[\w-]+/)[0] }
}

/** As `guestInvited`, where the visitor is the one who was asked, or with `other` somebody else. */
const guest = (other) => async (visitor) => {
  const { email, link } = await guestInvited(new Visitor(visitor.base))
  await visitor.enter(other ? undefined : email)
  return { link }
}
const guestPage = (page, prefix, { link }) => page.goto(prefix + link)

/** On the staff, by the first name of somebody made up. */
const staff = (name) => async (visitor) => visitor.enterAs(name)

/** An editor at a publication that readers see, with a change of it begun. */
const changing = async (visitor) => {
  await visitor.enterAs('Rut')
  const { html } = await visitor.get('/handlaggare/publikationer?typ=report&sortera=titel')
  const [path] = html.match(/\/handlaggare\/publikationer\/[0-9a-f-]{36}/)
  const form = (await visitor.get(path + '/uppgifter')).html
  await visitor.send(path + '/uppgifter', { version: field(form, 'version'), title: field(form, 'title'), subtitle: 'Ändrad undertitel' })
  return { path }
}

/** An administrator at the same publication. */
const readOnly = async (visitor) => {
  const known = await changing(visitor)
  await visitor.enterAs('Amina')
  return known
}

/** Somebody who asks for the first document of the demonstration: the link, and the number of the case. */
const asked = async (visitor) => {
  const octet = () => Math.floor(Math.random() * 256)
  visitor.from = `10.${octet()}.${octet()}.${octet()}`
  const path = `/diarium/${new Date().getFullYear()}-00001/begar`
  const { html } = await visitor.get(`${visitor.prefix}${path}?handling=1`)
  const fields = { nyckel: field(html, 'nyckel'), handling: field(html, 'handling'), epost: unused(), vad: 'Brevet och dess bilagor' }
  const { location } = await visitor.send(path, fields)
  return { link: location.split('?')[0], receipt: location }
}

/** What Regina does with such a request: its page, and the link; the visitor is Regina. */
const handled =
  (...done) =>
  async (visitor) => {
    const { link } = await asked(new Visitor(visitor.base, visitor.prefix ? 'en' : 'sv'))
    await visitor.enterAs('Regina')
    const { html } = await visitor.get('/handlaggare/diarium/begaranden?oppna=ja')
    const [request] = html.match(/\/handlaggare\/diarium\/begaranden\/[0-9a-f-]{36}/)
    for (const [path, fields] of done) {
      const page = await visitor.get(request + path)
      const answer = await visitor.post(request + path, { version: field(page.html, 'version'), ...fields })
      if (answer.status !== 303) throw new Error(`${request}${path} answered ${answer.status}`)
    }
    return { link, request }
  }

const BEGUN = ['', { gor: 'borja' }]
const KEPT_BACK = { text: 'Uppgifterna omfattas av sekretess.', lagrum: '35 kap. 1 §' }
const INFORMED = ['/svara', { svar: 'informed', ...KEPT_BACK }]
const WANTS_DECISION = ['', { gor: 'beslut' }]
const REFUSED = ['/svara', { svar: 'refused', ...KEPT_BACK }]

const askedPage = (more = '') => (page, _, { link }) => page.goto(link + more)
const requestPage = (more = '') => (page, _, { request }) => page.goto(request + more)

/** Regina at the demonstration's document that is marked as secret. */
const secretDocument = async (visitor) => {
  await visitor.enterAs('Regina')
  const { html } = await visitor.get('/handlaggare/diarium?sekretess=ja')
  return { document: html.match(/\/handlaggare\/diarium\/handling\/[0-9a-f-]{36}/)[0] }
}
const documentPage = (more = '') => (page, _, { document }) => page.goto(document + more)

const work =
  (more = '') =>
  (page, _, { path }) =>
    page.goto(path + more)

const administrator = { languages: ['sv'], prepare: staff('Amina') }

/** An administrator, when at least one mail has been written. */
const written = async (visitor) => {
  await visitor.ask('anna.ek@example.se')
  await visitor.enterAs('Amina')
}

/** Lars in the warehouse, when there is an order; he has done these things with it already. */
const warehouse =
  (...done) =>
  async (visitor) => {
    await filled(visitor)
    const { receipt } = await visitor.order()
    const order = `/handlaggare/bestallningar/${receipt.match(/B\d+/)[0]}`
    await visitor.enterAs('Lars')
    for (const [path, fields] of done) {
      const { html } = await visitor.get(order + path)
      await visitor.send(order + path, { version: field(html, 'version'), ...fields })
    }
    return { order }
  }

const staffOrder = (more = '') => (page, prefix, { order }) => page.goto(order + more)

const staffForm = (more, fill, button = 'main form button.govuk-button') => async (page, prefix, { order }) => {
  await page.goto(order + more)
  await fill(page)
  await page.locator(button).first().click()
}

/** Rut the editor, before what hangs below a publication. */
const rutWith =
  (which = "w.path = '2021/umea-vaxer-tryggt-och-sakert'") =>
  async (visitor, portal) => {
    await visitor.enterAs('Rut')
    const [{ id }] = await portal.rows(`SELECT w.id AS id FROM works w WHERE ${which} ORDER BY w.id LIMIT 1`)
    return { work: `/handlaggare/publikationer/${id}` }
  }

const WITH_FILE = "EXISTS (SELECT 1 FROM editions e WHERE e.work_id = w.id AND e.file_hash IS NOT NULL)"

const below = (more) => (page, prefix, { work }) => page.goto(work + more)

const belowForm = (more, fill, button = 'main form button.govuk-button') => async (page, prefix, { work }) => {
  await page.goto(work + more)
  await fill(page)
  await page.locator(button).first().click()
}

/** A file that a person chooses. */
const chosen = (name, mimeType, content) => (page) => page.setInputFiles('input[type=file]', { name, mimeType, buffer: Buffer.from(content) })

const PDF = '%PDF-1.4\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF\n'

/** Saves the orders as a view with a name of its own, and follows the links whose addresses hold these. */
const savedView =
  (...links) =>
  async (page) => {
    await page.goto('/handlaggare/tabeller/orders/ny-vy?status=confirmed')
    await page.locator('#namn').fill(`Vy ${Date.now()}`)
    await page.locator('main form button.govuk-button').click()
    for (const link of links) {
      await page.goto(await page.locator(`main a[href*="${link}"]`).first().getAttribute('href'))
    }
  }

const SENT = ['/skicka', { 'antal-1': '2', kolli: 'SE 1' }]
const ONE = ['/skicka', { 'antal-1': '1' }]
const swedish = { languages: ['sv'] }

const EXAMPLE = '/utlysningar/exempel-stod-for-utvardering-av-lokalt-arbete'
const CALLS = '/handlaggare/utlysningar'

/** The address of a call of the demonstration as the staff see it, by its name. */
const callOf = async (visitor, name) => {
  const { html } = await visitor.get(CALLS)
  return html.match(new RegExp(`href="(${CALLS}/[0-9a-f-]{36})"[^>]*>${name}`))[1]
}

/** An officer at a call of the demonstration. */
const atCall = (name) => async (visitor) => {
  await visitor.enterAs('Hanna')
  return { path: await callOf(visitor, name) }
}

/** An officer at a call of their own, which is hardly begun. */
const atOwnCall = async (visitor) => {
  await visitor.enterAs('Hanna')
  const name = `Stöd ${Math.random().toString(36).slice(2)}`
  await visitor.send(`${CALLS}/ny`, { 'namn-sv': name })
  return { path: await callOf(visitor, name) }
}

const callPage = (more = '') => (page, _, { path }) => page.goto(path + more)

const callForm = (more, fill = () => {}, button = 'main form button') => async (page, _, { path }) => {
  await page.goto(path + more)
  await fill(page)
  await page.locator(button).first().click()
}
const rut = { ...swedish, prepare: staff('Rut') }

const provider = (id, name, english, kind) => `
  [[openid]]
  id = "${id}"
  name = "${name}"
  name_en = "${english}"
  kind = "${kind}"
  issuer = "http://127.0.0.1:9/${id}"
  client_id = "portal"
  client_secret = "hemlig"
`

/** The portal's settings file: two providers of sign-in at a place where nobody listens. */
export const PROVIDERS = provider('eleg', 'E-legitimation', 'E-identity', 'applicant') + provider('bra', 'Brå-konto', 'Brå account', 'staff')

/** A colleague of the demonstration, who has used the e-identity before. */
async function linked(visitor, portal) {
  const [{ id }] = await portal.rows("SELECT id FROM accounts WHERE email = 'rut@bra.example'")
  const now = "'2026-01-01T00:00:00.000Z'"
  await portal.execute(`INSERT INTO identities (id, account_id, issuer, subject, created_at, last_used_at)
    VALUES ('${id}', '${id}', 'http://127.0.0.1:9/eleg', 'rut', ${now}, ${now}) ON CONFLICT DO NOTHING`)
  await visitor.send('/logga-in/demo', { konto: id })
}

/** Someone who signs for an organisation, with a colleague who asks to be let in and one who is invited. */
const organised = async (visitor) => {
  await visitor.enter()
  const { path, number } = await found(visitor)
  const asker = new Visitor(visitor.base)
  const { email } = await asker.enter()
  await asker.send(`/organisation/ny/ga-med?organisationsnummer=${number}`, { meddelande: 'Jag arbetar med trygghet.\nHälsningar' })
  const guest = 'en.mycket.lang.adress.for.nagon@kommunalforbundet.exempelby.example'
  await visitor.send(`${path}/personer`, { epost: guest, roll: 'editor' })
  return { path, number, asker, email, guest }
}

/** As `organised`, for somebody else than who signs. */
const outsider = async (visitor) => {
  const known = await organised(new Visitor(visitor.base))
  await visitor.enter()
  return known
}

const asStaff = async (visitor) => {
  const known = await organised(new Visitor(visitor.base))
  const other = new Visitor(visitor.base)
  await other.enter()
  const { number: others } = await found(other, 'Exempelbygdens kommunalförbund för trygghet och säkerhet')
  await visitor.enterAs('Hanna')
  return { ...known, others }
}

/** A page of the organisation that `prepare` founded. */
const organisation = (more = '') => (page, prefix, { path }) => page.goto(prefix + path + more)
const organisationForm = (more, fill, button = 'main form button.govuk-button') => async (page, prefix, { path }) => {
  await page.goto(prefix + path + more)
  await fill(page)
  await page.locator(button).first().click()
}
const staffPage = (more = '') => (page, _, { path }) => page.goto(`/handlaggare/organisationer/${path.split('/').at(-1)}${more}`)

/** The staff's page that ends somebody's membership: here of who alone signs. */
const endMembership = async (page, prefix, known) => {
  await staffPage()(page, prefix, known)
  await page.goto(await page.locator('main a[href*="/personer/"]').first().getAttribute('href'))
}

/** Opens the first link on a page of the organisation that leads below `below`. */
const inOrganisation = (more, below) => async (page, prefix, known) => {
  await organisation(more)(page, prefix, known)
  await page.goto(await page.locator(`main a[href*="${below}"]`).first().getAttribute('href'))
}

/** An applicant with an application of their own under the call that is open, and with an address as long as they come. */
const applicant = async (visitor) => {
  await visitor.enter(`trygghetssamordnaren.${Math.random().toString(36).slice(2, 8)}@exempelbygdens-kommunalforbund.example`)
  const { path: organisation } = await found(visitor)
  return { organisation, path: await begun(visitor, EXAMPLE.split('/').at(-1), organisation) }
}

/** The same, with an answer to everything. */
const applied = async (visitor) => {
  const known = await applicant(visitor)
  await answered(visitor, known.path)
  return known
}

/** The same, sent in. */
const sentIn = async (visitor) => {
  const known = await applied(visitor)
  await received(visitor, known.path)
  return known
}

/** Two texts for one question: the second is by somebody with an old page. */
const crossed = async (visitor) => {
  const known = await applicant(visitor)
  const path = `${known.path}/del/problem`
  await visitor.send(path, { 'sett.problem': '0', problem: 'Unga rånas på väg hem från skolan när det är mörkt.' })
  await visitor.send(path, { 'sett.problem': '0', problem: 'Unga rånas på väg hem från träningen när det är mörkt.' })
  return known
}

/** An invitation to an application, for the visitor. */
const askedIn = async (visitor) => {
  const other = new Visitor(visitor.base)
  const { path } = await applicant(other)
  const { email } = await visitor.enter()
  await other.send(`${path}/personer`, { epost: email, roll: 'editor' })
  const html = await visitor.mailTo(email)
  return { path: html.match(/\/ansokan\/inbjudan\/[\w-]+/)[0] }
}

/** An officer at an application that was sent in. */
const officerAt = async (visitor) => {
  const other = new Visitor(visitor.base)
  const { path } = await sentIn(other)
  const { html } = await other.get(`${path}/kvittens`)
  await visitor.enterAs('Hanna')
  return { path: `/handlaggare/ansokningar/${html.match(/\d{4}-\d{5}/)[0]}` }
}

const mine = (more = '') => (page, prefix, { path }) => page.goto(prefix + path + more)
const mineForm = (more, fill = () => {}, button = 'main form button.govuk-button') => async (page, prefix, { path }) => {
  await page.goto(prefix + path + more)
  await fill(page)
  await page.locator(button).first().click()
}

export const PAGES = [
  // The catalogue
  { name: 'home', open: '/' },
  { name: 'search, everything', open: '/publikationer' },
  { name: 'search, words', open: '/publikationer?q=brottsoffer' },
  { name: 'search, words and filters', open: '/publikationer?q=brott&kop=ja' },
  { name: 'search, second page', open: '/publikationer?sida=2' },
  { name: 'search, nothing found', open: '/publikationer?q=zzzz+qqqq' },
  { name: 'publication that can be ordered', open: UMEA },
  { name: 'publication with few copies left', open: FEW },
  { name: 'publication that is out of stock', open: OUT },
  { name: 'publication that can be back-ordered', open: BACKORDER },
  { name: 'publication in English', open: '/publikationer/2013/reported-corruption-in-sweden' },
  { name: 'all series', open: '/serier' },
  { name: 'one series', open: first('/serier', '/serier/') },
  { name: 'all subjects', open: '/amnen' },
  { name: 'one subject', open: first('/amnen', '/amnen/') },

  // About the portal
  { name: 'about', open: '/om' },
  { name: 'contact', open: '/kontakt' },
  { name: 'accessibility', open: '/tillganglighet' },
  { name: 'report, empty', open: '/tillganglighet/rapportera' },
  {
    name: 'report, wrong',
    status: 422,
    error: true,
    open: send('/tillganglighet/rapportera', (page) => page.locator('#epost').fill('utan snabel-a')),
  },
  { name: 'report, sent', open: '/tillganglighet/rapportera/skickad' },
  { name: 'cookies', open: '/kakor' },
  { name: 'personal data', open: '/personuppgifter' },
  { name: 'terms', open: '/villkor' },
  { name: 'easy to read', open: '/lattlast' },

  // The basket
  { name: 'basket, empty', open: '/kundkorg' },
  { name: 'basket, just added', prepare: filled, open: send(UMEA) },
  {
    name: 'basket, three lines, one on its way',
    prepare: async (visitor) => {
      await filled(visitor)
      await visitor.put(BACKORDER, 2)
      await visitor.put(FEW, 1)
    },
    open: '/kundkorg?sparad=ja',
  },
  {
    name: 'basket, more than there is',
    prepare: async (visitor) => {
      await filled(visitor)
      await visitor.put(FEW, 5)
    },
    open: '/kundkorg',
  },
  {
    name: 'basket, wrong quantity',
    status: 422,
    error: true,
    prepare: filled,
    open: send('/kundkorg', (page) => page.locator('table input.govuk-input').fill('två'), 'main button[name=vidare]'),
  },
  {
    name: 'basket, wrong quantity from a publication',
    status: 422,
    error: true,
    open: send(UMEA, (page) => page.locator('#antal').fill('1000')),
  },

  // The checkout
  { name: 'checkout, start', prepare: checkout('delivery'), open: '/kassa' },
  { name: 'delivery, empty', prepare: checkout(), open: '/kassa/leverans' },
  { name: 'delivery, wrong', status: 422, error: true, prepare: checkout(), open: send('/kassa/leverans') },
  { name: 'payment, empty', prepare: checkout('delivery'), open: '/kassa/betalning' },
  { name: 'payment, wrong', status: 422, error: true, prepare: checkout('delivery'), open: send('/kassa/betalning') },
  { name: 'invoice to a person', prepare: checkout('payment'), open: '/kassa/faktura' },
  {
    name: 'invoice to a person, wrong',
    status: 422,
    error: true,
    prepare: checkout('payment'),
    open: send('/kassa/faktura', (page) => page.locator('#annan-adress').check()),
  },
  { name: 'invoice to an organisation', prepare: checkout('payment', { organisation: true }), open: '/kassa/faktura' },
  {
    name: 'invoice to an organisation, wrong',
    status: 422,
    error: true,
    prepare: checkout('payment', { organisation: true }),
    open: send('/kassa/faktura', async (page) => {
      await page.locator('#organisationsnummer').fill('212000-2628')
      await page.locator('#peppol').fill('0007:1')
    }),
  },
  { name: 'review, person', prepare: checkout('invoice'), open: '/kassa/granska' },
  { name: 'review, organisation', prepare: checkout('invoice', { organisation: true }), open: '/kassa/granska' },
  { name: 'review, terms not accepted', status: 422, error: true, prepare: checkout('invoice'), open: send('/kassa/granska') },
  {
    name: 'review, something changed',
    status: 422,
    prepare: checkout('invoice'),
    // Another tab puts more in the basket between looking and ordering.
    open: async (page, prefix, _, visitor) => {
      await page.goto(`${prefix}/kassa/granska`)
      await visitor.put(FEW, 1)
      await page.locator('#villkor').check()
      await page.locator('main form button').click()
    },
  },
  {
    name: 'basket that has become an order',
    status: 410,
    prepare: checkout(),
    // Another tab orders meanwhile.
    open: async (page, prefix, _, visitor) => {
      await page.goto(`${prefix}/kassa/leverans`)
      await visitor.order()
      await page.locator('main form button').click()
    },
  },
  { name: 'receipt', prepare: ordered(), open: (page, prefix, { receipt }) => page.goto(receipt) },

  // The order
  { name: 'order of a person', prepare: ordered(), open: orderPage() },
  { name: 'order of an organisation', prepare: ordered({ organisation: true }), open: orderPage() },
  {
    name: 'order that waits for copies',
    prepare: async (visitor) => {
      await visitor.put(BACKORDER, 2)
      return visitor.order()
    },
    open: orderPage(),
  },
  { name: 'change an order', prepare: ordered(), open: orderPage('/andra') },
  {
    name: 'change an order, wrong address',
    status: 422,
    error: true,
    prepare: ordered(),
    open: orderForm('/andra', (page) => page.locator('#postnummer').fill('1'), 'button[value=adress]'),
  },
  {
    name: 'change an order, wrong quantity',
    status: 422,
    error: true,
    prepare: ordered(),
    open: orderForm('/andra', (page) => page.locator('#antal-1').fill('7'), 'button[value=antal]'),
  },
  { name: 'change is saved', prepare: ordered(), open: orderForm('/andra', () => {}, 'button[value=adress]') },
  { name: 'cancel an order', prepare: ordered(), open: orderPage('/avbestall') },
  { name: 'cancelled order', prepare: after('/avbestall'), open: orderPage() },
  { name: 'withdraw, first step', prepare: ordered(), open: orderPage('/angra') },
  { name: 'withdraw, second step', prepare: ordered(), open: orderPage('/angra/bekrafta') },
  { name: 'withdrawn order', prepare: after('/angra/bekrafta'), open: orderPage() },
  { name: 'change that is too late', status: 409, prepare: after('/avbestall'), open: orderPage('/andra') },

  // Signing in
  { name: 'sign in', open: '/logga-in' },
  { name: 'sign in, wrong address', status: 422, error: true, open: send('/logga-in', (page) => page.locator('#epost').fill('anna(at)example.se'), 'form[action$="/logga-in"] button') },
  { name: 'sign in, already in', prepare: inside, open: '/logga-in' },
  { name: 'the code', prepare: (visitor) => visitor.ask('anna.ek@example.se'), open: '/logga-in/e-post' },
  {
    name: 'the code, wrong',
    status: 422,
    error: true,
    prepare: (visitor) => visitor.ask('kod.fel@example.se'),
    open: send('/logga-in/e-post', (page) => page.locator('#kod').fill('12 34')),
  },
  { name: 'the link', prepare: (visitor) => visitor.ask('lank@example.se'), open: (page, prefix, { link }) => page.goto(link) },
  { name: 'the link, dead', status: 422, error: true, examples: true, open: send(`/logga-in/lank/${'A'.repeat(43)}`) },
  { name: 'sign out', prepare: inside, open: '/logga-ut' },
  { name: 'signed out', prepare: inside, open: send('/logga-ut') },

  { name: 'confirm, nothing set up', prepare: inside, open: '/bekrafta' },
  { name: 'confirm, set up', prepare: inside, open: send('/bekrafta') },
  {
    name: 'confirm, wrong code',
    status: 422,
    error: true,
    prepare: async (visitor) => {
      await visitor.enter()
      await visitor.send('/bekrafta', { ny: 'ja' })
    },
    open: send('/bekrafta', (page) => page.locator('#kod').fill('12 34')),
  },
  { name: 'confirm, somebody made up', ...administrator, open: '/bekrafta' },

  // My pages
  { name: 'my pages', prepare: inside, open: '/mina-sidor' },
  { name: 'my details', prepare: inside, open: '/mina-sidor/uppgifter' },
  {
    name: 'my details, wrong',
    status: 422,
    error: true,
    prepare: inside,
    open: send('/mina-sidor/uppgifter', (page) => page.locator('#telefon').fill('inget')),
  },
  { name: 'another address', prepare: inside, open: '/mina-sidor/uppgifter/e-post' },
  {
    name: 'another address, wrong',
    status: 422,
    error: true,
    prepare: inside,
    open: send('/mina-sidor/uppgifter/e-post', (page) => page.locator('#epost').fill('anna(at)example.se')),
  },
  { name: 'another address, its code', prepare: moving, open: '/mina-sidor/uppgifter/e-post/kod' },
  {
    name: 'another address, wrong code',
    status: 422,
    error: true,
    prepare: moving,
    open: send('/mina-sidor/uppgifter/e-post/kod', (page) => page.locator('#kod').fill('12 34')),
  },
  { name: 'another address, its link', prepare: inside, open: `/mina-sidor/uppgifter/e-post/lank/${'A'.repeat(43)}` },
  {
    name: 'another address, dead link',
    status: 422,
    error: true,
    examples: true,
    prepare: inside,
    open: send(`/mina-sidor/uppgifter/e-post/lank/${'A'.repeat(43)}`),
  },
  { name: 'my details, another address', prepare: inside, open: '/mina-sidor/uppgifter?sparad=adress' },
  { name: 'asked to review', prepare: guest(), open: guestPage },
  {
    name: 'asked to review, yes',
    prepare: guest(),
    open: async (page, prefix, known) => {
      await guestPage(page, prefix, known)
      await page.locator('main form button.govuk-button').click()
    },
  },
  { name: 'asked to review, somebody else', status: 403, prepare: guest(true), open: guestPage },
  { name: 'asked to review, too late', status: 410, prepare: inside, open: `/granskare/${'A'.repeat(43)}` },
  { name: 'notices, none', prepare: inside, open: '/mina-sidor/aviseringar' },
  { name: 'notices', prepare: invited, open: '/mina-sidor/aviseringar' },
  { name: 'mail about notices', prepare: inside, open: '/mina-sidor/aviseringar/e-post' },
  { name: 'mail about notices, for staff', ...administrator, open: '/mina-sidor/aviseringar/e-post?sparad=ja' },
  { name: 'end mail, unknown link', status: 404, open: '/avisering/avregistrera/abc' },
  { name: 'my pages, with something to do', prepare: invited, open: '/mina-sidor' },
  { name: 'invitations to me', prepare: invited, open: '/mina-sidor/organisationer' },
  { name: 'my orders, none', prepare: inside, open: '/mina-sidor/bestallningar' },
  {
    name: 'my orders',
    prepare: async (visitor) => {
      await visitor.enter()
      await filled(visitor)
      await visitor.order()
    },
    open: '/mina-sidor/bestallningar',
  },
  { name: 'my passkeys, an address in figures', ...administrator, open: '/mina-sidor/nycklar' },
  { name: 'where I am signed in', prepare: inside, open: '/mina-sidor/inloggningar' },
  { name: 'my data', prepare: inside, open: '/mina-sidor/mina-data' },
  { name: 'close my account', prepare: inside, open: '/mina-sidor/avsluta' },
  { name: 'close my account, not confirmed', status: 422, error: true, prepare: inside, open: send('/mina-sidor/avsluta') },
  { name: 'account is closed', prepare: inside, open: send('/mina-sidor/avsluta', (page) => page.locator('#bekrafta').check()) },

  // The staff's house
  { name: 'to do', ...administrator, open: '/handlaggare' },
  { name: 'search of the staff', ...administrator, open: '/handlaggare/sok' },
  { name: 'search of the staff, found', ...administrator, prepare: written, open: '/handlaggare/sok?q=samverkan' },
  { name: 'search of the staff, nothing found', ...administrator, open: '/handlaggare/sok?q=zzzz' },
  { name: 'people', ...administrator, open: '/handlaggare/anvandare' },
  { name: 'people, nobody found', ...administrator, open: '/handlaggare/anvandare?q=zzzz' },
  { name: 'add a colleague', ...administrator, open: '/handlaggare/anvandare/ny' },
  { name: 'add a colleague, wrong', status: 422, error: true, ...administrator, open: send('/handlaggare/anvandare/ny') },
  { name: 'people, with reviewers asked in', ...administrator, prepare: guestInvited, open: '/handlaggare/anvandare' },
  { name: 'ask a reviewer in', ...administrator, open: '/handlaggare/anvandare/bjud-in' },
  { name: 'ask a reviewer in, wrong', status: 422, error: true, ...administrator, open: send('/handlaggare/anvandare/bjud-in') },
  { name: 'a reviewer asked in', ...administrator, prepare: guestInvited, open: (page, _, { path }) => page.goto(`${path}?klart=skickad`) },
  { name: 'one person', ...administrator, open: first('/handlaggare/anvandare?q=rut', '/handlaggare/anvandare/0') },
  { name: 'outbox', ...administrator, prepare: written, open: '/handlaggare/utskick' },
  { name: 'outbox, nothing found', ...administrator, open: '/handlaggare/utskick?q=zzzz' },
  { name: 'one mail on its way', ...administrator, prepare: written, open: first('/handlaggare/utskick', '/handlaggare/utskick/') },
  { name: 'log', ...administrator, open: '/handlaggare/logg' },
  { name: 'log, wrong day', status: 422, error: true, ...administrator, open: '/handlaggare/logg?fran=snart' },
  { name: 'disposal', ...administrator, open: '/handlaggare/gallring' },
  { name: 'disposal, counted', ...administrator, open: send('/handlaggare/gallring', () => {}, 'form[method=post] button') },
  { name: 'log, verified', ...administrator, open: send('/handlaggare/logg', () => {}, 'form[method=post] button') },
  { name: 'orders', ...swedish, prepare: warehouse(), open: '/handlaggare/bestallningar' },
  { name: 'orders, none found', ...swedish, prepare: warehouse(), open: '/handlaggare/bestallningar?q=zzzz' },
  { name: 'orders, wrong day', ...swedish, status: 422, error: true, prepare: warehouse(), open: '/handlaggare/bestallningar?fran=snart' },
  { name: 'columns of orders', ...swedish, prepare: warehouse(), open: '/handlaggare/tabeller/orders/kolumner?status=confirmed' },
  { name: 'new view', ...swedish, prepare: warehouse(), open: '/handlaggare/tabeller/orders/ny-vy?status=confirmed' },
  { name: 'new view, no name', ...swedish, status: 422, error: true, prepare: warehouse(), open: send('/handlaggare/tabeller/orders/ny-vy') },
  { name: 'orders in a view', ...swedish, prepare: warehouse(), open: savedView() },
  { name: 'one view', ...swedish, prepare: warehouse(), open: savedView('/handlaggare/vyer/') },
  { name: 'remove a view', ...swedish, prepare: warehouse(), open: savedView('/handlaggare/vyer/', '/ta-bort') },
  { name: 'new export', ...swedish, prepare: warehouse(), open: '/handlaggare/tabeller/orders/exportera' },
  { name: 'one export', ...swedish, prepare: warehouse(), open: send('/handlaggare/tabeller/orders/exportera') },
  { name: 'my exports', ...swedish, prepare: warehouse(), open: '/handlaggare/exporter' },
  { name: 'one order', ...swedish, prepare: warehouse(), open: staffOrder() },
  { name: 'one order, sent', ...swedish, prepare: warehouse(SENT), open: staffOrder('?klart=skickad') },
  { name: 'one order, empty note', ...swedish, status: 422, error: true, prepare: warehouse(), open: staffForm('', () => {}) },
  { name: 'pack', ...swedish, prepare: warehouse(), open: staffOrder('/packa') },
  { name: 'pack, too late', ...swedish, status: 409, prepare: warehouse(SENT), open: staffOrder('/packa') },
  { name: 'send', ...swedish, prepare: warehouse(), open: staffOrder('/skicka') },
  {
    name: 'send, wrong',
    ...swedish,
    status: 422,
    error: true,
    prepare: warehouse(),
    open: staffForm('/skicka', (page) => page.locator('#antal-1').fill('7')),
  },
  { name: 'delivered', ...swedish, prepare: warehouse(SENT), open: staffOrder('/levererad') },
  { name: 'returned', ...swedish, prepare: warehouse(SENT), open: staffOrder('/retur') },
  { name: 'returned, wrong', ...swedish, status: 422, error: true, prepare: warehouse(SENT), open: staffForm('/retur', () => {}) },
  { name: 'returned while some is left', ...swedish, prepare: warehouse(ONE), open: staffOrder('/retur') },
  { name: 'strike the rest', ...swedish, prepare: warehouse(ONE), open: staffOrder('/rest') },
  { name: 'strike the rest, no reason', ...swedish, status: 422, error: true, prepare: warehouse(ONE), open: staffForm('/rest', () => {}) },
  { name: 'write to the buyer, choose', ...swedish, prepare: warehouse(), open: staffOrder('/brev') },
  { name: 'write to the buyer', ...swedish, prepare: warehouse(), open: staffOrder('/brev?mall=eget') },
  { name: 'write to the buyer, wrong', ...swedish, status: 422, error: true, prepare: warehouse(), open: staffForm('/brev?mall=eget', () => {}) },
  {
    name: 'write to the buyer, preview',
    ...swedish,
    prepare: warehouse(),
    open: staffForm('/brev?mall=eget', async (page) => {
      await page.locator('#amne').fill('Om din beställning')
      await page.locator('#text').fill('Hej!\n\nRapporten kommer nästa vecka.')
    }),
  },
  { name: 'templates of letters', ...rut, open: '/handlaggare/mallar' },
  { name: 'new template', ...rut, open: '/handlaggare/mallar/ny' },
  { name: 'new template, wrong', ...rut, status: 422, error: true, open: send('/handlaggare/mallar/ny') },
  { name: 'one template', ...rut, open: first('/handlaggare/mallar', '/handlaggare/mallar/0') },
  {
    name: 'one template, preview',
    ...swedish,
    prepare: async (visitor) => {
      const known = await warehouse()(visitor)
      await visitor.enterAs('Rut')
      return known
    },
    open: async (page, prefix, { order }) => {
      await first('/handlaggare/mallar', '/handlaggare/mallar/0')(page, '')
      await page.locator('#bestallning').fill(order.split('/').at(-1))
      await page.locator('button[value=granska]').click()
    },
  },
  { name: 'sales', ...swedish, prepare: warehouse(SENT), open: '/handlaggare/statistik/forsaljning' },
  { name: 'sales, nothing sold', ...swedish, prepare: warehouse(), open: '/handlaggare/statistik/forsaljning?fran=2001&till=2001' },
  { name: 'sales, wrong month', ...swedish, status: 422, error: true, prepare: warehouse(), open: '/handlaggare/statistik/forsaljning?fran=snart' },
  { name: 'call off', ...swedish, prepare: warehouse(), open: staffOrder('/annullera') },
  { name: 'call off, no reason', ...swedish, status: 422, error: true, prepare: warehouse(), open: staffForm('/annullera', () => {}) },
  { name: 'packing slip', ...swedish, prepare: warehouse(SENT), open: staffOrder('/foljesedel?paket=1') },
  { name: 'picking list', ...swedish, prepare: warehouse(), open: '/handlaggare/bestallningar/plocklista' },
  { name: 'stock', ...swedish, prepare: warehouse(), open: '/handlaggare/lager' },
  { name: 'one edition in stock', ...swedish, prepare: warehouse(), open: first('/handlaggare/lager?q=samverkan', '/handlaggare/lager/0') },
  {
    name: 'one edition in stock, wrong',
    ...swedish,
    status: 422,
    error: true,
    prepare: warehouse(),
    open: async (page) => {
      await first('/handlaggare/lager?q=samverkan', '/handlaggare/lager/0')(page, '')
      await page.locator('button[value=rattning]').click()
    },
  },
  { name: 'prices', ...swedish, prepare: rutWith(), open: below('/priser') },
  {
    name: 'prices, one to come',
    ...swedish,
    prepare: rutWith("EXISTS (SELECT 1 FROM editions e WHERE e.work_id = w.id AND e.isbn = '9789188599315')"),
    open: below('/priser'),
  },
  { name: 'prices, wrong', ...swedish, status: 422, error: true, prepare: rutWith(), open: belowForm('/priser', () => {}) },
  { name: 'files', ...swedish, prepare: rutWith(WITH_FILE), open: below('/filer') },
  { name: 'files, none chosen', ...swedish, status: 422, error: true, prepare: rutWith(WITH_FILE), open: belowForm('/filer', () => {}) },
  { name: 'files, replaced', ...swedish, prepare: rutWith(WITH_FILE), open: belowForm('/filer', chosen('rapport.pdf', 'application/pdf', PDF)) },
  {
    name: 'files, to review',
    ...swedish,
    prepare: rutWith(WITH_FILE),
    open: async (page, prefix, { work }) => {
      await belowForm('/filer', chosen('rapport.pdf', 'application/pdf', PDF))(page, prefix, { work })
      await page.goto(`${work}/granska`)
    },
  },
  { name: 'cover', ...swedish, prepare: rutWith(), open: below('/omslag') },
  { name: 'cover, wrong', ...swedish, status: 422, error: true, prepare: rutWith(), open: belowForm('/omslag', () => {}) },
  { name: 'markdown', ...swedish, prepare: staff('Rut'), open: '/handlaggare/publikationer/markdown' },
  {
    name: 'markdown, tried',
    ...swedish,
    prepare: staff('Rut'),
    open: send('/handlaggare/publikationer/markdown', (page) => page.fill('#text', '# Ett\n\nLäs [här](https://bra.se/).')),
  },
  { name: 'import', ...swedish, prepare: staff('Rut'), open: '/handlaggare/publikationer/import' },
  { name: 'import, none chosen', ...swedish, status: 422, error: true, prepare: staff('Rut'), open: send('/handlaggare/publikationer/import') },
  {
    name: 'import of one file',
    ...swedish,
    prepare: staff('Rut'),
    open: send('/handlaggare/publikationer/import', chosen('a.json', 'application/json', '[{"id":"e2e","title":"Nytt verk"}]')),
  },
  {
    name: 'import that another confirms',
    ...swedish,
    prepare: staff('Rut'),
    open: async (page, prefix) => {
      const evaluation = '[{"id":"e2e-u","title":"Nattvandring","publication_type":"Utvärdering","year":2020}]'
      await send('/handlaggare/publikationer/import', chosen('u.json', 'application/json', evaluation))(page, prefix)
      const judged = page.getByText('En annan redaktör')
      for (let turn = 0; turn < 60 && !(await judged.first().isVisible()); turn++) await page.reload()
      await judged.first().waitFor()
    },
  },
  { name: 'freight', ...swedish, prepare: staff('Erik'), open: '/handlaggare/frakt' },
  {
    name: 'freight, wrong',
    ...swedish,
    status: 422,
    error: true,
    prepare: staff('Erik'),
    open: async (page) => {
      await page.goto('/handlaggare/frakt')
      await page.locator('summary').nth(0).click()
      await page.locator('button[value=priser]').click()
    },
  },
  // Applications
  { name: 'my applications, none', prepare: inside, open: '/mina-sidor/ansokningar' },
  { name: 'my applications', prepare: sentIn, open: '/mina-sidor/ansokningar' },
  { name: 'application, begin', prepare: organised, open: `/ansokan/ny?utlysning=${EXAMPLE.split('/').at(-1)}` },
  { name: 'application, begin, no organisation', prepare: inside, open: `/ansokan/ny?utlysning=${EXAMPLE.split('/').at(-1)}` },
  {
    name: 'application, begin, there is one',
    status: 422,
    error: true,
    prepare: applicant,
    open: send(`/ansokan/ny?utlysning=${EXAMPLE.split('/').at(-1)}`),
  },
  { name: 'application, just begun', prepare: applicant, open: mine('?klart=begunnen') },
  { name: 'application, all answered', prepare: applied, open: mine() },
  { name: 'application, two texts', prepare: crossed, open: mine() },
  { name: 'application, sent in', prepare: sentIn, open: mine() },
  { name: 'application, topic', prepare: applicant, open: mine('/del/projekt') },
  { name: 'application, topic filled', prepare: applied, open: mine('/del/mal') },
  { name: 'application, topic with what is missing', error: true, prepare: applicant, open: mine('/del/utvardering?saknas=ja') },
  { name: 'application, budget', prepare: applied, open: mine('/del/budget') },
  { name: 'application, budget wrong', error: true, prepare: applicant, open: mine('/del/budget?saknas=ja') },
  { name: 'application, attachments', prepare: applied, open: mine('/del/bilagor') },
  { name: 'application, topic sent in', prepare: sentIn, open: mine('/del/projekt') },
  { name: 'application, files', prepare: applied, open: mine('/filer/behorighet') },
  { name: 'application, files, none chosen', status: 422, error: true, prepare: applicant, open: mineForm('/filer/behorighet', () => {}, 'form[enctype] button') },
  { name: 'application, earlier versions', prepare: crossed, open: mine('/historik/problem') },
  { name: 'application, choose a text', prepare: crossed, open: mine('/konflikt/problem') },
  { name: 'application, choose a text, not chosen', status: 422, error: true, prepare: crossed, open: mineForm('/konflikt/problem') },
  { name: 'application, people', prepare: applicant, open: mine('/personer') },
  { name: 'application, people, wrong', status: 422, error: true, prepare: applicant, open: mineForm('/personer') },
  { name: 'application, invited', prepare: askedIn, open: mine() },
  { name: 'application, check, nothing answered', prepare: applicant, open: mine('/granska') },
  { name: 'application, check', prepare: applied, open: mine('/granska') },
  { name: 'application, sign', prepare: applied, open: mine('/underskrift') },
  { name: 'application, sign, not confirmed', status: 422, error: true, prepare: applied, open: mineForm('/underskrift') },
  { name: 'application, sign, not ready', prepare: applicant, open: mine('/underskrift') },
  {
    name: 'application, send in',
    prepare: applied,
    open: async (page, prefix, { path }) => {
      await page.goto(`${prefix}${path}/underskrift`)
      await page.check('[name=bekrafta]')
      await page.locator('main form button.govuk-button').first().click()
    },
  },
  { name: 'application, receipt', prepare: sentIn, open: mine('/kvittens') },
  { name: 'application, withdraw', prepare: sentIn, open: mine('/aterkalla') },
  { name: 'application, throw away', prepare: applicant, open: mine('/ta-bort') },
  { name: 'staff, applications', ...swedish, prepare: staff('Hanna'), open: '/handlaggare/ansokningar' },
  { name: 'staff, applications under a call', ...swedish, prepare: atCall('Exempel: Stöd'), open: callPage('/ansokningar') },
  { name: 'staff, one application', ...swedish, prepare: officerAt, open: mine() },
  { name: 'staff, more time', ...swedish, prepare: atCall('Exempel: Stöd'), open: callPage('/mer-tid') },
  { name: 'staff, more time, wrong', ...swedish, status: 422, error: true, prepare: atCall('Exempel: Stöd'), open: callForm('/mer-tid') },
  { name: 'calls', open: '/utlysningar' },
  { name: 'one call', open: EXAMPLE },
  { name: 'all questions of a call', open: `${EXAMPLE}/fragor` },
  { name: 'whether we can apply', open: `${EXAMPLE}/kan-vi-soka` },
  { name: 'whether we can apply, not all said', error: true, open: `${EXAMPLE}/kan-vi-soka?svar=ja&krav-1=ja` },
  { name: 'we can apply', examples: true, open: `${EXAMPLE}/kan-vi-soka?svar=ja&slag=municipality&krav-1=ja&krav-2=ja` },
  { name: 'we cannot apply', examples: true, open: `${EXAMPLE}/kan-vi-soka?svar=ja&slag=company&krav-1=nej&krav-2=nej` },
  { name: 'question about a call', open: `${EXAMPLE}/stall-en-fraga` },
  { name: 'question about a call, wrong', status: 422, error: true, open: send(`${EXAMPLE}/stall-en-fraga`, (page) => page.fill('[name=epost]', 'fel')) },
  { name: 'question about a call, sent', open: `${EXAMPLE}/stall-en-fraga?klart=ja` },
  { name: 'question about a call, too late', open: '/utlysningar/exempel-mot-valdsbejakande-extremism/stall-en-fraga' },
  { name: 'staff, calls', ...swedish, prepare: staff('Hanna'), open: CALLS },
  { name: 'new call', ...swedish, prepare: staff('Hanna'), open: `${CALLS}/ny` },
  { name: 'new call, wrong', ...swedish, status: 422, error: true, prepare: staff('Hanna'), open: send(`${CALLS}/ny`) },
  { name: 'staff, one call', ...swedish, prepare: atCall('Exempel: Stöd'), open: callPage() },
  { name: 'staff, one call that waits for review', ...swedish, prepare: atCall('Exempel: Trygga'), open: callPage() },
  { name: 'staff, one call just begun', ...swedish, prepare: atOwnCall, open: callPage() },
  { name: 'staff, one call not fit for review', ...swedish, status: 422, error: true, prepare: atOwnCall, open: callForm('', () => {}, 'button[value=sent_for_review]') },
  { name: 'call, to be called off', ...swedish, prepare: atCall('Exempel: Stöd'), open: callPage('/avbryt?gor=cancelled') },
  { name: 'call, to be called off without a reason', ...swedish, status: 422, error: true, prepare: atCall('Exempel: Stöd'), open: callForm('/avbryt?gor=cancelled') },
  { name: 'call, to be thrown away', ...swedish, prepare: atOwnCall, open: callPage('/avbryt?gor=discarded') },
  { name: 'call, texts', ...swedish, prepare: atOwnCall, open: callPage('/del/texter') },
  { name: 'call, who can apply', ...swedish, prepare: atCall('Exempel: Trygga'), open: callPage('/del/sokande') },
  { name: 'call, times', ...swedish, examples: true, prepare: atOwnCall, open: callForm('/del/tider', (page) => page.fill('[name="oppnar.dag"]', 'snart'), 'main form button:not([name])') },
  { name: 'call, money', ...swedish, prepare: atCall('Exempel: Trygga'), open: callPage('/del/pengar') },
  { name: 'call, attachments', ...swedish, prepare: atCall('Exempel: Trygga'), open: callPage('/del/bilagor') },
  { name: 'call, contact, not to be changed', ...swedish, prepare: atCall('Exempel: Stöd'), open: callPage('/del/kontakt') },
  { name: 'call, as it will look', ...swedish, prepare: atCall('Exempel: Trygga'), open: callPage('/forhandsgranska') },
  { name: 'call, questions', ...swedish, prepare: atCall('Exempel: Trygga'), open: callPage('/fragor') },
  { name: 'call, questions, not to be changed', ...swedish, prepare: atCall('Exempel: Stöd'), open: callPage('/fragor') },
  { name: 'call, new part', ...swedish, prepare: atOwnCall, open: callPage('/fragor/ny') },
  { name: 'call, new question, wrong', ...swedish, status: 422, error: true, prepare: atOwnCall, open: callForm('/fragor/ny?del=mal', () => {}, 'main form:last-of-type button') },
  { name: 'call, one part', ...swedish, prepare: atOwnCall, open: callPage('/fragor/del/mal') },
  { name: 'call, one question', ...swedish, prepare: atOwnCall, open: callPage('/fragor/fraga/akademisk') },
  { name: 'call, one question, wrong', ...swedish, status: 422, error: true, prepare: atOwnCall, open: callForm('/fragor/fraga/metod', (page) => page.fill('[name=hogst]', 'många')) },
  { name: 'call, a question to be removed', ...swedish, prepare: atOwnCall, open: callPage('/fragor/ta-bort?fraga=metod') },
  { name: 'call, question box', ...swedish, prepare: atCall('Exempel: Stöd'), open: callPage('/fragelada') },
  {
    name: 'call, one answer',
    ...swedish,
    prepare: atCall('Exempel: Stöd'),
    open: async (page, _, { path }) => {
      await page.goto(path + '/fragelada')
      await page.locator('.app-answered a').first().click()
    },
  },
  { name: 'publications', ...swedish, prepare: staff('Rut'), open: '/handlaggare/publikationer' },
  { name: 'publications, none found', ...swedish, prepare: staff('Rut'), open: '/handlaggare/publikationer?q=zzzz' },
  { name: 'new publication', ...swedish, prepare: staff('Rut'), open: '/handlaggare/publikationer/ny' },
  { name: 'new publication, wrong', ...swedish, status: 422, error: true, prepare: staff('Rut'), open: send('/handlaggare/publikationer/ny') },
  { name: 'one publication', ...swedish, prepare: changing, open: work() },
  { name: 'one publication, read only', ...swedish, prepare: readOnly, open: work() },
  { name: 'publication, facts', ...swedish, prepare: changing, open: work('/uppgifter') },
  { name: 'publication, texts', ...swedish, prepare: changing, open: work('/texter') },
  {
    name: 'publication, texts shown before they are saved',
    ...swedish,
    prepare: changing,
    open: async (page, _, { path }) => {
      await page.goto(`${path}/texter`)
      await page.fill('#body', '## Resultat\n\nLäs [här](https://bra.se/).')
      await page.fill('#body_en', '## Results\n\nMuch.')
      await page.locator('button[name=forhandsgranska]').click()
    },
  },
  { name: 'publication, interview', ...swedish, prepare: changing, open: work('/intervju') },
  { name: 'publication, grants', ...swedish, prepare: changing, open: work('/bidrag') },
  { name: 'publication, subjects', ...swedish, prepare: changing, open: work('/amnen') },
  { name: 'publication, related', ...swedish, prepare: changing, open: work('/relaterade') },
  {
    name: 'publication, two have written',
    ...swedish,
    status: 422,
    error: true,
    prepare: changing,
    open: async (page, _, known) => {
      await page.goto(known.path + '/uppgifter')
      await page.locator('[name=version]').evaluate((field) => (field.value = '1'))
      await page.locator('#subtitle').fill('En helt annan undertitel')
      await page.locator('main form button.govuk-button').first().click()
    },
  },
  { name: 'publication, editions', ...swedish, prepare: changing, open: work('/utgavor') },
  { name: 'publication, new edition', ...swedish, prepare: changing, open: work('/utgavor/ny') },
  {
    name: 'publication, new edition, wrong',
    ...swedish,
    status: 422,
    error: true,
    prepare: changing,
    open: async (page, _, known) => {
      await page.goto(known.path + '/utgavor/ny')
      await page.locator('main form button.govuk-button').first().click()
    },
  },
  { name: 'publication, review', ...swedish, prepare: changing, open: work('/granska') },
  { name: 'publication, schedule', ...swedish, prepare: changing, open: work('/schemalagg') },
  { name: 'publication, withdraw', ...swedish, prepare: changing, open: work('/avpublicera') },
  { name: 'publication, bring together', ...swedish, prepare: changing, open: work('/sammanfoga') },
  { name: 'publication, history', ...swedish, prepare: changing, open: work('/historik') },
  { name: 'publication, compare', ...swedish, prepare: changing, open: work('/historik/jamfor?fran=1&till=2') },
  {
    name: 'not my role',
    status: 403,
    languages: ['sv'],
    prepare: staff('Rut'),
    open: '/handlaggare/anvandare',
  },

  // Signing in by a provider
  { name: 'sign in, with providers', open: '/logga-in?vidare=%2Fmina-sidor' },
  {
    name: 'sign in, a provider that does not answer',
    status: 503,
    open: async (page, prefix) => {
      await page.goto(`${prefix}/logga-in`)
      await page.locator('form[action$="/openid/eleg"] button').click()
    },
  },
  { name: 'ways to sign in', prepare: linked, open: '/mina-sidor/inloggningssatt?kopplad=ja' },

  // Organisations
  { name: 'my organisations, none', prepare: inside, open: '/mina-sidor/organisationer' },
  { name: 'my organisations', prepare: organised, open: '/mina-sidor/organisationer' },
  { name: 'organisation, number', prepare: inside, open: '/organisation/ny' },
  { name: 'organisation, wrong number', status: 422, error: true, prepare: inside, open: send('/organisation/ny') },
  {
    name: 'organisation, facts',
    prepare: inside,
    open: `/organisation/ny/uppgifter?organisationsnummer=${orgnr(99_999)}`,
  },
  {
    name: 'organisation, wrong facts',
    status: 422,
    error: true,
    prepare: inside,
    open: send(`/organisation/ny/uppgifter?organisationsnummer=${orgnr(99_999)}`, (page) => page.locator('#bankgiro').fill('5050-1056')),
  },
  {
    name: 'organisation that is here',
    prepare: outsider,
    open: (page, prefix, { number }) => page.goto(`${prefix}/organisation/ny/ga-med?organisationsnummer=${number}`),
  },
  { name: 'organisation', prepare: organised, open: organisation() },
  { name: 'organisation, change', prepare: organised, open: organisation('/uppgifter') },
  {
    name: 'organisation, changed meanwhile',
    status: 422,
    prepare: organised,
    open: async (page, prefix, { path }, visitor) => {
      await page.goto(`${prefix}${path}/uppgifter`)
      const version = await page.locator('main input[name=version]').inputValue()
      await visitor.send(`${path}/uppgifter`, { ...FACTS, namn: 'Exempelby kommun', version, gata: 'Storgatan 2' })
      await page.locator('main form button.govuk-button').click()
    },
  },
  { name: 'organisation, people', prepare: organised, open: organisation('/personer') },
  {
    name: 'organisation, wrong invitation',
    status: 422,
    error: true,
    prepare: organised,
    open: organisationForm('/personer', (page) => page.locator('#epost').fill('x'), 'main form:last-of-type button:not([name])'),
  },
  { name: 'organisation, one member', prepare: organised, open: inOrganisation('/personer', '/personer/') },
  { name: 'organisation, a request', prepare: organised, open: inOrganisation('/personer', '/forfragan/') },
  { name: 'organisation, leave', prepare: organised, open: organisation('/lamna') },
  { name: 'organisation, the last cannot leave', status: 422, error: true, prepare: organised, open: organisationForm('/lamna', () => {}) },
  {
    name: 'invitation',
    prepare: async (visitor) => {
      const known = await organised(new Visitor(visitor.base))
      const list = await visitor.get('/demo/post')
      const row = list.html.split('<tr').find((part) => part.includes(known.guest))
      const mail = await visitor.get(row.match(/\/demo\/post\/[\w-]+/)[0])
      await visitor.enter(known.guest)
      return mail.html.match(/\/inbjudan\/[\w-]+/)[0]
    },
    open: (page, prefix, link) => page.goto(prefix + link),
  },
  { name: 'invitation that is dead', status: 410, prepare: inside, open: `/inbjudan/${'A'.repeat(43)}` },
  { name: 'staff, organisations', languages: ['sv'], prepare: asStaff, open: '/handlaggare/organisationer' },
  { name: 'staff, no organisation found', languages: ['sv'], prepare: asStaff, open: '/handlaggare/organisationer?q=zzzz' },
  { name: 'staff, one organisation', languages: ['sv'], prepare: asStaff, open: staffPage() },
  {
    name: 'staff, a request',
    languages: ['sv'],
    prepare: asStaff,
    open: async (page, prefix, known) => {
      await staffPage()(page, prefix, known)
      await page.goto(await page.locator('main a[href*="/forfragan/"]').first().getAttribute('href'))
    },
  },
  { name: 'staff, merge', languages: ['sv'], prepare: asStaff, open: staffPage('/sla-ihop') },
  {
    name: 'staff, merge, both',
    languages: ['sv'],
    prepare: asStaff,
    open: (page, prefix, known) => staffPage(`/sla-ihop?organisationsnummer=${known.others}`)(page, prefix, known),
  },
  { name: 'staff, end a membership', languages: ['sv'], prepare: asStaff, open: endMembership },
  {
    name: 'staff, end a membership, no reason',
    languages: ['sv'],
    status: 422,
    error: true,
    prepare: asStaff,
    open: async (page, prefix, known) => {
      await endMembership(page, prefix, known)
      await page.locator('main form button').click()
    },
  },
  {
    name: 'staff, end a membership, not confirmed',
    languages: ['sv'],
    status: 422,
    error: true,
    prepare: asStaff,
    open: async (page, prefix, known) => {
      await endMembership(page, prefix, known)
      await page.locator('#skal').fill('Har slutat.')
      await page.locator('main form button').click()
    },
  },
  { name: 'staff, close an organisation', languages: ['sv'], prepare: asStaff, open: staffPage('/avsluta') },

  // The demonstration's mail
  { name: 'all mail', prepare: ordered(), open: '/demo/post' },
  { name: 'one mail', prepare: ordered(), open: first('/demo/post', '/demo/post/') },

  // Errors
  { name: 'no such page', status: 404, open: '/finns-inte' },
  { name: 'no such publication', status: 404, open: '/publikationer/2021/finns-inte' },
  { name: 'no such order', status: 404, open: WRONG_LINK },
  {
    name: 'withdrawn publication',
    status: 410,
    prepare: (_, portal) => portal.execute(`UPDATE works SET status = 'withdrawn', withdrawn_reason = 'Siffrorna stämde inte' WHERE ${THE_WORK}`),
    restore: (portal) => portal.execute(`UPDATE works SET status = 'published', withdrawn_reason = NULL WHERE ${THE_WORK}`),
    open: OUT,
  },
  {
    name: 'form where there is none',
    status: 405,
    open: async (page, prefix) => {
      await page.goto(`${prefix}/om`)
      await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<form method="post"><button id="send">x</button></form>'))
      await page.locator('#send').click()
    },
  },
  {
    name: 'form from another site',
    status: 403,
    open: async (page, prefix) => {
      const { origin } = new URL(page.url())
      await page.goto(`data:text/html,<form method="post" action="${origin}${prefix}/kundkorg"><button>x</button></form>`)
      await page.locator('button').click()
    },
  },
  {
    name: 'form that is too large',
    status: 413,
    open: send('/tillganglighet/rapportera', (page) => page.locator('#problem').fill('x'.repeat(300_000))),
  },
  {
    name: 'too many wrong links',
    status: 429,
    from: '203.0.113.9',
    prepare: async (visitor) => {
      for (let count = 0; count < 60; count++) await visitor.get(WRONG_LINK)
    },
    open: WRONG_LINK,
  },
  {
    name: 'fault of ours',
    status: 500,
    prepare: (_, portal) => portal.execute('ALTER TABLE series RENAME TO series_away'),
    restore: (portal) => portal.execute('ALTER TABLE series_away RENAME TO series'),
    open: '/serier',
  },

  // The register
  { name: 'register', open: '/diarium' },
  { name: 'register, found', open: '/diarium?q=grannsamverkan&riktning=received' },
  { name: 'register, nothing found', open: '/diarium?q=zzzz' },
  { name: 'register, one case', open: `/diarium/${new Date().getFullYear()}-00001` },
  { name: 'register, no such case', status: 404, open: '/diarium/1999-00001' },
  { name: 'asking for a document', open: `/diarium/${new Date().getFullYear()}-00001/begar?handling=1` },
  { name: 'asking for a document, wrong', status: 422, error: true, open: send(`/diarium/${new Date().getFullYear()}-00001/begar`) },
  { name: 'asking for something', open: '/diarium/begar' },
  { name: 'a request, received', prepare: asked, open: (page, _, { receipt }) => page.goto(receipt) },
  { name: 'a request, to withdraw', prepare: asked, open: askedPage('/aterkalla') },
  { name: 'a request, informed', prepare: handled(BEGUN, INFORMED), open: askedPage() },
  { name: 'a request, refused', prepare: handled(BEGUN, WANTS_DECISION, REFUSED), open: askedPage() },
  { name: 'staff, register', languages: ['sv'], prepare: staff('Regina'), open: '/handlaggare/diarium' },
  { name: 'staff, register for who reads', languages: ['sv'], prepare: staff('Hanna'), open: '/handlaggare/diarium?q=zzzz' },
  { name: 'staff, registering', languages: ['sv'], prepare: staff('Regina'), open: '/handlaggare/diarium/registrera' },
  { name: 'staff, registering, wrong', status: 422, error: true, languages: ['sv'], prepare: staff('Regina'), open: send('/handlaggare/diarium/registrera') },
  { name: 'staff, a secret document', languages: ['sv'], prepare: secretDocument, open: documentPage() },
  {
    name: 'staff, a secret document that is read',
    languages: ['sv'],
    prepare: secretDocument,
    open: async (page, _, { document }) => {
      await page.goto(document)
      await page.locator('main form button').click()
    },
  },
  { name: 'staff, correcting', languages: ['sv'], prepare: secretDocument, open: documentPage('/ratta') },
  {
    name: 'staff, correcting, wrong',
    status: 422,
    error: true,
    languages: ['sv'],
    prepare: secretDocument,
    open: async (page, _, { document }) => {
      await page.goto(`${document}/ratta`)
      await page.locator('main form button').click()
    },
  },
  { name: 'staff, secrecy', languages: ['sv'], prepare: secretDocument, open: documentPage('/sekretess') },
  { name: 'staff, requests', languages: ['sv'], prepare: handled(), open: '/handlaggare/diarium/begaranden' },
  { name: 'staff, a request', languages: ['sv'], prepare: handled(), open: requestPage() },
  { name: 'staff, a request that is assessed', languages: ['sv'], prepare: handled(BEGUN), open: requestPage() },
  { name: 'staff, a request that is decided', languages: ['sv'], prepare: handled(BEGUN, WANTS_DECISION, REFUSED), open: requestPage() },
  { name: 'staff, answering', languages: ['sv'], prepare: handled(BEGUN), open: requestPage('/svara') },
  {
    name: 'staff, answering, wrong',
    status: 422,
    error: true,
    languages: ['sv'],
    prepare: handled(BEGUN, WANTS_DECISION),
    open: async (page, _, { request }) => {
      await page.goto(`${request}/svara`)
      await page.locator('main form button.govuk-button').click()
    },
  },

  // For builders
  { name: 'components', open: '/komponenter', languages: ['sv'], examples: true },
  { name: 'budget', open: '/komponenter/budget' },
  { name: 'budget, empty', open: '/komponenter/budget?lage=tom' },
  { name: 'budget, wrong', open: '/komponenter/budget?lage=fel', error: true },
]

/** Opens the first link below `below` on the page at `path`. */
function first(path, below) {
  return async (page, prefix) => {
    await page.goto(prefix + path)
    const links = page.locator(`main a[href*="${below}"]`)
    await page.goto(await links.first().getAttribute('href'))
  }
}

/** A visitor in the state that the page shows, and what `open` needs to know. */
export async function prepare(entry, portal, lang) {
  const visitor = new Visitor(portal.base, lang)
  visitor.from = entry.from
  return { visitor, known: await entry.prepare?.(visitor, portal) }
}

/** Opens the page in a window. */
export function open(entry, page, prefix, known, visitor) {
  return typeof entry.open === 'string' ? page.goto(prefix + entry.open) : entry.open(page, prefix, known, visitor)
}

