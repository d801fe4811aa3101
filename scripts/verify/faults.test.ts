import { faults } from './faults'
import { ordinary } from './ordinary'

ordinary(faults)
