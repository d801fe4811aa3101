import { growing } from './growing'
import { ordinary } from './ordinary'

ordinary(growing)
