import { attacks } from './attacks'
import { ordinary } from './command/ordinary'

ordinary(attacks)
