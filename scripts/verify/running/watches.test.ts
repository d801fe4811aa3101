import { ordinary } from '../command/ordinary'
import { watches } from './watches'

ordinary(watches)
