import { disk } from './disk'
import { ordinary } from './ordinary'

ordinary(disk)
