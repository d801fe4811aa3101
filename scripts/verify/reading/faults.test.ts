import { ordinary } from '../command/ordinary'
import { faults } from './faults'

ordinary(faults)
