import { ordinary } from '../command/ordinary'
import { upgrade } from './upgrade'

ordinary(upgrade)
