import { ordinary } from '../command/ordinary'
import { findings } from './findings'

ordinary(findings)
