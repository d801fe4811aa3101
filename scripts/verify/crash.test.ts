import { crash } from './crash'
import { ordinary } from './ordinary'

ordinary(crash)
