import { ordinary } from './ordinary'
import { upgrade } from './upgrade'

ordinary(upgrade)
