#!/usr/bin/env node
import "../dist/tbcc.js";
