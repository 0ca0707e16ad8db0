// A provider of OpenID Connect by another author (oidc-provider), on a free port of this machine. It demands PKCE, and of
// each client the way to show itself that the client has registered. Whoever types a name at it is that person.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import Oidc from 'oidc-provider'
import { freePort } from './portal.mjs'

/** A new key on P-256 that signs, both halves as JWK, and the private one as PEM. */
export function newKey(kid) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = (key) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' })
  return { private: jwk(privateKey), public: jwk(publicKey), pem: privateKey.export({ type: 'pkcs8', format: 'pem' }) }
}

/** The provider's own pages about signing out fetch a font from elsewhere. */
const SIGN_OUT = {
  logoutSource: (context, form) => {
    context.body = `<!doctype html><title>Logga ut</title>${form}<button form="op.logoutForm" name="logout" value="yes">Logga ut</button>`
  },
  postLogoutSuccessSource: (context) => {
    context.body = '<!doctype html><title>Utloggad</title>'
  },
}

export class Provider {
  /** Codes that were exchanged: the client, and how it showed itself. */
  exchanged = []
  /** Sign-outs that the portal was told of, and those that it did not take. */
  told = []
  failed = []
  #server

  /** Starts it. `domain` is where its people have their addresses, `acr` the level at which they sign in. */
  async start({ domain, acr }) {
    this.origin = `http://127.0.0.1:${await freePort()}`
    this.people = { domain, acr }
    // Clients are registered when the portal's address is known.
    this.#server = createServer((request, response) => this.#answer(request, response))
    await new Promise((resolve) => this.#server.listen(Number(new URL(this.origin).port), '127.0.0.1', resolve))
    return this
  }

  /** Registers the portal. */
  register(client) {
    const { domain } = this.people
    const oidc = new Oidc(this.origin, {
      clients: [{ grant_types: ['authorization_code'], response_types: ['code'], id_token_signed_response_alg: 'ES256', ...client }],
      jwks: { keys: [newKey('tecken').private] },
      cookies: { keys: ['kakornas nyckel'] },
      pkce: { required: () => true },
      acrValues: ['hog', 'lag'],
      claims: { openid: ['sub'], acr: null, auth_time: null, sid: null, profile: ['name'], email: ['email', 'email_verified'] },
      features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true, ...SIGN_OUT } },
      // Its own guard lets it speak to public addresses only, and the portal of the test is on this machine.
      fetch: (url, { method, headers, body, redirect, signal }) => fetch(url, { method, headers, body, redirect, signal }),
      interactions: { url: (_, { uid }) => `/person/${uid}` },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({ sub: id, name: `${id} Ek`, email: `${id}@${domain}`, email_verified: true }),
      }),
      // Whoever signs in agrees.
      loadExistingGrant: async ({ oidc: { client: { clientId }, session: { accountId }, provider } }) => {
        const grant = new provider.Grant({ clientId, accountId })
        grant.addOIDCScope('openid profile email')
        await grant.save()
        return grant
      },
    })
    oidc.on('grant.success', ({ oidc: { client, params, body } }) => {
      this.exchanged.push({ client: client.clientId, method: client.tokenEndpointAuthMethod, verifier: Boolean((params ?? body).code_verifier) })
    })
    oidc.on('backchannel.success', (_, client, person) => this.told.push(person))
    oidc.on('backchannel.error', (_, error) => this.failed.push(error.message))
    oidc.on('server_error', (_, error) => this.failed.push(error.message))
    this.oidc = oidc
    this.callback = oidc.callback()
  }

  async #answer(request, response) {
    if (!request.url.startsWith('/person/')) return this.callback(request, response)
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      return response.end(`<!doctype html><html lang="sv"><title>Vem är du?</title><link rel="icon" href="data:,"><form method="post">
        <label>Namn <input name="who"></label><button name="do" value="in">Fortsätt</button><button name="do" value="out">Avbryt</button></form>`)
    }
    let body = ''
    for await (const chunk of request) body += chunk
    const form = new URLSearchParams(body)
    const result =
      form.get('do') === 'in'
        ? { login: { accountId: form.get('who'), acr: this.people.acr, ts: Math.floor(Date.now() / 1000) } }
        : { error: 'access_denied', error_description: 'turned back' }
    return this.oidc.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
  }

  async stop() {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
