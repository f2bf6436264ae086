'use strict'
// The two REST answers that are measured, from memory: no database, no ETag. The gateway's own
// tokens are good here; the secret is a KeyObject, so that no call imports it again.
// Usage: node express_twin.js SECRET_FILE PROFILE_FILE INSTANT_FILE. Prints the port.

const { createSecretKey } = require('node:crypto')
const { readFileSync } = require('node:fs')
const express = require('express')
const jwt = require('jsonwebtoken')

const [secretFile, profileFile, instantFile] = process.argv.slice(2)
const secret = createSecretKey(readFileSync(secretFile))
const { user } = JSON.parse(readFileSync(profileFile, 'utf8'))
const instant = JSON.parse(readFileSync(instantFile, 'utf8'))
const users = new Map([[user.id, user]])

const app = express()
app.disable('etag')
app.disable('x-powered-by')
app.use((request, response, next) => {
  const [, token] = (request.headers.authorization ?? '').split(' ')
  let claims
  try {
    claims = jwt.verify(token, secret, { algorithms: ['HS256'] })
  } catch {
    response.status(401).json({ error: 'Invalid or expired token.' })
    return
  }
  request.user = users.get(claims.sub)
  if (request.user) next()
  else response.status(404).json({ error: 'User not found.' })
})
app.get('/me', (request, response) => response.json({ user: request.user }))
app.get('/devices/instant', (request, response) => {
  const { instant: at, scale, energyUnit } = request.query
  if (!at || !scale || !energyUnit) {
    response.status(400).json({ error: 'Missing required query parameters.' })
    return
  }
  response.json(instant)
})

const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port))
