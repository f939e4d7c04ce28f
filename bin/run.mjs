#!/usr/bin/env node
// Runs a TypeScript file of this project on Node 26: `node bin/run.mjs test/all.ts [arguments]`.
import { runOnNode26 } from './node26.mjs'

runOnNode26(process.argv.slice(2))
